//! Pseudo-random numbers: xoshiro256++ (Blackman and Vigna), seeded from a BLAKE3 hash.
//!
//! Every purpose and every customer has a stream of its own, so that a change to one table leaves the others alone.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Rng {
    state: [u64; 4],
}

impl Rng {
    /// The stream named by a seed, a purpose and a number within the purpose.
    pub fn new(seed: u64, purpose: &str, number: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(&number.to_le_bytes());
        hasher.update(purpose.as_bytes());
        let hash = hasher.finalize();
        let mut state = [0_u64; 4];
        for (word, bytes) in state.iter_mut().zip(hash.as_bytes().as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*bytes);
        }
        Self { state }
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number from 0 up to, not including, `bound`; 0 when `bound` is 0. The bias is below 2^-40 for our bounds.
    pub fn below(&mut self, bound: u64) -> u64 {
        let product = u128::from(self.next_u64()) * u128::from(bound);
        u64::try_from(product >> 64).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included; `low` when the range is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low)).unwrap_or_default();
        low.saturating_add_unsigned(self.below(span + 1))
    }

    /// True in `per_mille` of 1000 cases.
    pub fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// An entry of a non-empty list.
    ///
    /// # Panics
    /// When the list is empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let index = usize::try_from(self.below(list.len() as u64)).unwrap_or_default();
        &list[index]
    }

    /// An entry of a non-empty list of values and weights.
    ///
    /// # Panics
    /// When all weights are 0.
    pub fn weighted<T: Copy>(&mut self, list: &[(T, u64)]) -> T {
        let mut rest = self.below(list.iter().map(|(_, weight)| weight).sum());
        for &(value, weight) in list {
            if rest < weight {
                return value;
            }
            rest -= weight;
        }
        panic!("the weights of a list sum to more than 0")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_follow_the_published_algorithm() {
        let mut rng = Rng {
            state: [1, 2, 3, 4],
        };
        let drawn: Vec<u64> = (0..4).map(|_| rng.next_u64()).collect();
        assert_eq!(
            drawn,
            [
                41_943_041,
                58_720_359,
                3_588_806_011_781_223,
                3_591_011_842_654_386
            ]
        );
    }

    #[test]
    fn streams_of_different_purposes_differ_and_repeat() {
        let draw = |purpose, number| Rng::new(7, purpose, number).next_u64();
        assert_eq!(draw("a", 0), draw("a", 0));
        assert_ne!(draw("a", 0), draw("b", 0));
        assert_ne!(draw("a", 0), draw("a", 1));
    }

    #[test]
    fn ranges_include_both_ends_and_weights_are_kept() {
        let mut rng = Rng::new(1, "ranges", 0);
        let drawn: Vec<i64> = (0..500).map(|_| rng.between(-2, 2)).collect();
        assert!((-2..=2).all(|n| drawn.contains(&n)));
        assert!(drawn.iter().all(|n| (-2..=2).contains(n)));
        assert!((0..100).all(|_| rng.weighted(&[('a', 0), ('b', 3)]) == 'b'));
        assert_eq!(rng.between(5, 4), 5);
    }
}
