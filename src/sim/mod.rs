//! Cache eviction and key placement, exact and seeded; pure.
