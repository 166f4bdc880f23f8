//! An open table: values by the digests of their keys, each in the slot that its
//! digest says or in the next free one behind. So it is known where to look
//! before anything is read, and many can be called for at once.

/// Values by digests; what their keys are, who has them knows.
#[derive(Debug, Clone)]
pub(crate) struct Slots<T> {
    /// As many as a power of two, at least half of them free.
    slots: Vec<Option<T>>,
    taken: usize,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), taken: 0 }
    }
}

impl<T: Copy> Slots<T> {
    /// The least number of them.
    const LEAST: usize = 16;

    /// A slot of a digest: the one that it says, or one of those behind.
    #[inline(always)]
    fn at(&self, digest: u64, behind: usize) -> usize {
        let says = usize::try_from(digest & u64::from(u32::MAX)).unwrap_or_default();
        says.wrapping_add(behind) & self.slots.len().wrapping_sub(1)
    }

    /// What is in the slot that a digest says, whosever it is: a read that brings
    /// it near.
    #[inline(always)]
    pub(crate) fn home(&self, digest: u64) -> Option<T> {
        self.slots.get(self.at(digest, 0)).copied().flatten()
    }

    /// The first value of a digest, or of one that is like it, that is the one.
    #[inline(always)]
    pub(crate) fn find(&self, digest: u64, is_it: impl Fn(T) -> bool) -> Option<T> {
        let mut behind = 0;
        loop {
            let value = (*self.slots.get(self.at(digest, behind))?)?;
            if is_it(value) {
                return Some(value);
            }
            behind += 1;
        }
    }

    /// Adds a value under a digest. `digest_of` tells those of the others, which
    /// may have to move.
    pub(crate) fn insert(&mut self, digest: u64, value: T, digest_of: impl Fn(T) -> u64) {
        if (self.taken + 1) * 2 > self.slots.len() {
            let more = (self.slots.len() * 2).max(Self::LEAST);
            let before = std::mem::replace(&mut self.slots, vec![None; more]);
            for value in before.into_iter().flatten() {
                self.put(digest_of(value), value);
            }
        }
        self.put(digest, value);
        self.taken += 1;
    }

    fn put(&mut self, digest: u64, value: T) {
        let mut at = self.at(digest, 0);
        // Half of them are free.
        while let Some(Some(_)) = self.slots.get(at) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Some(value);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.slots.clear();
        self.taken = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_found_though_digests_are_alike() {
        let mut slots = Slots::default();
        assert_eq!((slots.home(3), slots.find(3, |_| true)), (None, None));
        // Three digests in all, and the highest of them wraps around.
        let digest = |value: u32| [0, 7, u64::MAX][value as usize % 3];
        for value in 0..600_u32 {
            assert_eq!(slots.find(digest(value), |known| known == value), None);
            slots.insert(digest(value), value, digest);
            assert_eq!(slots.find(digest(value), |known| known == value), Some(value));
        }
        assert!((0..600).all(|value| slots.find(digest(value), |at| at == value) == Some(value)));
        assert_eq!(slots.find(7, |value| value >= 600), None);
        assert!(slots.home(7).is_some());
        slots.clear();
        assert_eq!((slots.home(7), slots.find(7, |_| true)), (None, None));
    }
}
