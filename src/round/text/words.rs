//! Closed classes of English words, as far as polarity, reasons and the order of words need them.

/// Stand before a noun.
pub(crate) const DETERMINERS: &[&str] =
    &["a", "an", "the", "this", "that", "these", "those", "each", "every", "its", "our", "their", "my", "your"];

/// Stand before what they relate to.
pub(crate) const PREPOSITIONS: &[&str] = &[
    "of", "in", "on", "at", "for", "by", "with", "from", "into", "to", "per", "via", "behind", "between", "before",
    "after", "over", "under", "without", "through", "within", "across", "against", "onto", "during", "until", "towards",
];

/// Join clauses.
pub(crate) const CONJUNCTIONS: &[&str] =
    &["and", "or", "but", "because", "so", "if", "when", "while", "than", "unless", "whereas", "although", "though"];

/// Carry a verb.
pub(crate) const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "will", "would", "can", "could", "should", "must", "may",
    "might", "shall", "has", "have", "had", "do", "does", "did", "won't", "don't", "doesn't", "isn't", "aren't",
    "can't", "cannot", "couldn't", "shouldn't", "wouldn't", "didn't", "let's", "i'd", "we'd", "i'll", "we'll", "it's",
    "that's", "they're", "we're", "i'm",
];

/// Of which an auxiliary may follow another.
pub(crate) const MODALS: &[&str] = &[
    "will", "would", "can", "could", "should", "must", "may", "might", "shall", "has", "have", "had", "do", "does",
    "did", "won't", "don't", "doesn't", "can't", "cannot", "couldn't", "shouldn't", "wouldn't", "i'd", "we'd",
    "i'll", "we'll",
];

/// Stand as subjects.
pub(crate) const PRONOUNS: &[&str] = &["i", "we", "they", "he", "she", "it", "you"];

/// Point back to the sentence before.
pub(crate) const BACKWARD: &[&str] = &["it", "this", "that", "they", "these", "those", "which", "both", "them"];

/// Deny the verb that follows.
pub(crate) const VERB_NEGATORS: &[&str] = &[
    "not", "don't", "doesn't", "won't", "can't", "cannot", "never", "shouldn't", "wouldn't", "isn't", "aren't",
    "didn't", "couldn't", "neither", "nor",
];

/// Deny the noun that follows.
pub(crate) const NOUN_NEGATORS: &[&str] = &["no", "without", "avoid", "avoids", "avoiding", "skip", "skips", "drop", "reject", "rejected", "instead", "rather"];

/// What follows a negator without being denied by it.
pub(crate) const NOT_DENIED: &[&str] =
    &["only", "just", "more", "later", "less", "single", "downtime", "matter", "least", "sql", "necessarily"];

/// Deny what stands before them.
pub(crate) const DENIALS: &[&str] =
    &["overkill", "unnecessary", "rejected", "unneeded", "premature", "discarded", "dismissed", "excluded"];

/// Leave it open.
pub(crate) const HYPOTHETICAL: &[&str] = &[
    "could", "might", "may", "maybe", "perhaps", "possibly", "optionally", "alternatively", "consider", "considering",
    "considered", "couldn't",
];

/// Introduce a reason or a consequence.
pub(crate) const REASONS: &[&str] = &[
    "because", "since", "so", "as", "otherwise", "thus", "therefore", "hence", "means", "meaning", "cost", "costs",
    "price", "due", "reason", "lets", "allows", "enables", "avoids", "avoid", "prevents", "prevent", "keeps", "saves",
    "gives", "why", "->", "to", "for", "trade", "tradeoff", "given", "makes", "reduces", "or", "guarantees", "ensures",
    "protects", "survives",
];

/// Introduce a circumstance.
pub(crate) const CIRCUMSTANCES: &[&str] = &[
    "if", "unless", "until", "when", "once", "above", "beyond", "exceeds", "exceed", "would", "switch", "revisit",
    "otherwise", "only", "after", "past", "should", "till", "later", "grows",
];

/// Ask.
pub(crate) const ASKING: &[&str] = &[
    "what", "how", "which", "who", "when", "where", "why", "do", "does", "should", "can", "may", "is", "are", "will",
    "must", "ask", "asked", "asking", "clarify", "confirm", "q",
];

/// Verbs of design talk, as stems; only where they cannot be taken for a noun as well.
pub(crate) const VERBS: &[&str] = &[
    "us", "choos", "pick", "tak", "tok", "keep", "kept", "hold", "serv", "send", "sent", "return", "go", "giv", "mak",
    "made", "put", "add", "remov", "delet", "insert", "updat", "creat", "generat", "allocat", "replicat", "distribut",
    "spread", "split", "scal", "handl", "carr", "carri", "absorb", "reject", "refus", "accept", "retri", "fail",
    "promot", "expir", "invalidat", "evict", "prevent", "avoid", "ensur", "guarante", "allow", "enabl", "requir", "need",
    "want", "consum", "produc", "publish", "subscrib", "push", "pull", "stor", "sav", "persist", "append", "fetch", "get",
    "set", "run", "start", "stop", "begin", "becom", "grow", "reach", "exceed", "depend", "mean", "show", "tell", "say",
    "know", "find", "found", "see", "seen", "look", "check", "verify", "validat", "confirm", "ask", "assum", "decid", "compar",
    "prefer", "favour", "favor", "drop", "shed", "wait", "block", "unblock", "acquir", "releas", "inject", "implement",
    "extend", "inherit", "compos", "own", "belong", "contain", "hav", "map", "assign", "match", "sort", "merg", "aggregat", "deduplicat",
    "dedup", "resolv", "settl", "fall", "fell", "degrad", "recover", "restor", "rebuild", "rotat", "revok", "encrypt", "measur", "watch",
    "fit", "suffic", "cost", "sav", "los", "lost", "miss", "hit", "fill", "warm", "bypass", "forward", "rout", "redirect", "shorten", "turn", "pin",
    "isolat", "separat", "decoupl", "throttl", "limit", "protect", "detect", "trigger", "fir", "notify", "rais", "throw", "catch",
    "lock", "unlock", "synchronis", "serialis", "pars", "encod", "decod", "convert", "transform", "comput", "calculat", "estimat", "add", "multipl",
    "divid", "reduc", "increas", "decreas", "doubl", "shrink", "cap", "bound", "apply", "appli", "writ", "wrot", "read", "liv", "sit", "stand", "bring", "buy",
];
