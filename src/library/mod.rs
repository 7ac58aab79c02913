//! Folders, what is built in, overlays, reload, search.
