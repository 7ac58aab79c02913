"""Writes vectors.json: what py-fsrs 6.3 answers, for src/recall/schedule/tests.rs to equal.

    pip install fsrs==6.3.0 && python tests/recall/vectors.py > tests/recall/vectors.json

A history is a list of reviews [minute, rating, state, minutes until due, stability, difficulty], on noon of
a day plus some minutes, so that days of 24 hours and study days agree. Fuzz is off. Hard never follows on
the same day: there py-fsrs lets stability fall although the answer passed, and the crate `fsrs` does not.
"""

import json
import random
from datetime import datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
MINUTES = timedelta(minutes=1)


def history(scheduler, ratings, gap):
    card, rows, minute = Card(card_id=1, due=NOON), [], 0
    for rating in ratings:
        at = NOON + minute * MINUTES
        if rating == 2 and rows and minute - rows[-1][0] < 1440:
            rating = 3
        card, _ = scheduler.review_card(card, Rating(rating), at)
        wait = (card.due - at) / MINUTES
        rows.append([minute, rating, card.state.name, wait, card.stability, card.difficulty])
        minute = gap(minute, wait)
    return rows


def on_time(minute, wait):
    return minute + int(wait)


def at_random(draw):
    def gap(minute, wait):
        if wait < 60 and draw.random() < 0.8:
            return minute + int(wait)
        days = draw.choice([0, 0, 1, 2, int(wait / 1440), int(wait / 1440 * 1.7) + 1])
        return minute + (days * 1440 or 3)

    return gap


def main():
    draw = random.Random(6)
    ratings = lambda: draw.choices([1, 2, 3, 4], [2, 2, 5, 1], k=9)
    sets = []
    for retention, longest, steps in [(0.9, 36500, False), (0.9, 365, True), (0.8, 36500, True), (0.95, 36500, True)]:
        learning = (timedelta(minutes=1), timedelta(minutes=10)) if steps else ()
        relearning = (timedelta(minutes=10),) if steps else ()
        scheduler = Scheduler(
            desired_retention=retention,
            learning_steps=learning,
            relearning_steps=relearning,
            maximum_interval=longest,
            enable_fuzzing=False,
        )
        histories = [history(scheduler, [3, 3, 3, 1, 3, 4, 2, 3], on_time)]
        histories += [history(scheduler, ratings(), at_random(draw)) for _ in range(12)]
        sets.append({"retention": retention, "longest": longest, "steps": steps, "histories": histories})
    body = ",\n".join(
        json.dumps({k: v for k, v in s.items() if k != "histories"})[:-1]
        + ', "histories": [\n'
        + ",\n".join(json.dumps(h) for h in s["histories"])
        + "\n]}"
        for s in sets
    )
    print(f"[\n{body}\n]")


main()
