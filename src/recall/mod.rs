//! When a card is due: memory model, queue, session; pure.
