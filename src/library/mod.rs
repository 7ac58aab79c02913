//! Folders, what is built in, overlays, reload, search.

static INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.postcard"));
static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.md"));
