//! A hint to the processor; the only `unsafe` code of the room.

/// Asks for the memory that holds `items[index]`, without waiting for it. Does nothing where the index is out of
/// bounds or the processor knows no such hint.
#[inline(always)]
pub(in crate::sim) fn prefetch<T>(items: &[T], index: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(item) = items.get(index) {
        use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch reads nothing that the program can see and cannot fault; the address is
        // that of a live item besides.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(item).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (items, index);
}
