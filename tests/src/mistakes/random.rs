//! Chance that is the same on every machine.

/// `SplitMix64`. Source: <https://prng.di.unimi.it/splitmix64.c>.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A sequence of its own for each seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 when there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = limit.max(1) as u64;
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    /// So many of a list, in its order.
    pub fn some<T>(&mut self, mut list: Vec<T>, count: usize) -> Vec<T> {
        while list.len() > count {
            let out = self.below(list.len());
            list.remove(out);
        }
        list
    }

    /// A word with a slip of the pen: a letter left out, doubled, or changed places with the next. The first letter
    /// stays, as it does with people.
    pub fn slip(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let inner: Vec<usize> = (1..letters.len())
            .filter(|i| letters[*i].is_alphabetic())
            .collect();
        let Some(&at) = inner.get(self.below(inner.len())) else {
            return format!("{word}x");
        };
        let swaps = letters
            .get(at + 1)
            .is_some_and(|next| next.is_alphabetic() && *next != letters[at]);
        match self.below(3) {
            0 if letters.len() > 3 => {
                letters.remove(at);
            }
            1 if swaps => letters.swap(at, at + 1),
            _ => letters.insert(at, letters[at]),
        }
        letters.into_iter().collect()
    }
}
