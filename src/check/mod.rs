//! What content must satisfy, above the domain rooms.
