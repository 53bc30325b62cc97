//! Digests, by RFC 1321 and FIPS 180-4.

use super::text::arg;
use crate::formula::eval::Context;
use crate::value::Value;

/// `MD5`, in hexadecimal.
pub(in crate::formula) fn md5(args: &[Value], _: &Context) -> Value {
    let digest = md5_words(arg(args, 0).as_bytes());
    Value::text(hex(digest.iter().flat_map(|w| w.to_le_bytes())))
}

/// `SHA256`, in hexadecimal.
pub(in crate::formula) fn sha256(args: &[Value], _: &Context) -> Value {
    let digest = sha256_words(arg(args, 0).as_bytes());
    Value::text(hex(digest.iter().flat_map(|w| w.to_be_bytes())))
}

fn hex(bytes: impl Iterator<Item = u8>) -> String {
    let digits = bytes.flat_map(|b| [b >> 4, b & 15]);
    digits
        .filter_map(|d| char::from_digit(d.into(), 16))
        .collect()
}

/// The message with its padding, in blocks of 64 bytes. `length` is the bit count in the digest's byte order.
fn padded(message: &[u8], length: [u8; 8]) -> Vec<[u8; 64]> {
    let mut bytes = message.to_vec();
    bytes.push(0x80);
    while bytes.len() % 64 != 56 {
        bytes.push(0);
    }
    bytes.extend(length);
    bytes.as_chunks::<64>().0.to_vec()
}

fn bit_count(message: &[u8]) -> u64 {
    u64::try_from(message.len())
        .unwrap_or(u64::MAX)
        .wrapping_mul(8)
}

const MD5_SHIFTS: [[u32; 4]; 4] = [
    [7, 12, 17, 22],
    [5, 9, 14, 20],
    [4, 11, 16, 23],
    [6, 10, 15, 21],
];

/// The whole part of `2 ^ 32 * |sin(i + 1)|`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "below 2 ^ 32 and not negative"
)]
fn md5_constant(i: u32) -> u32 {
    ((f64::from(i) + 1.0).sin().abs() * 4_294_967_296.0) as u32
}

fn md5_words(message: &[u8]) -> [u32; 4] {
    let mut state: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let constants: Vec<u32> = (0..64).map(md5_constant).collect();
    for block in padded(message, bit_count(message).to_le_bytes()) {
        let words: Vec<u32> = block
            .as_chunks::<4>()
            .0
            .iter()
            .map(|b| u32::from_le_bytes(*b))
            .collect();
        let [mut one, mut two, mut three, mut four] = state;
        for (i, constant) in constants.iter().enumerate() {
            let (mixed, index) = match i / 16 {
                0 => ((two & three) | (!two & four), i),
                1 => ((four & two) | (!four & three), 5 * i + 1),
                2 => (two ^ three ^ four, 3 * i + 5),
                _ => (three ^ (two | !four), 7 * i),
            };
            let sum = one
                .wrapping_add(mixed)
                .wrapping_add(*constant)
                .wrapping_add(words[index % 16]);
            let rotated = two.wrapping_add(sum.rotate_left(MD5_SHIFTS[i / 16][i % 4]));
            (one, two, three, four) = (four, rotated, two, three);
        }
        for (word, add) in state.iter_mut().zip([one, two, three, four]) {
            *word = word.wrapping_add(add);
        }
    }
    state
}

/// The first 64 prime numbers.
fn primes() -> Vec<u32> {
    (2..312)
        .filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0))
        .collect()
}

/// The first 32 bits of the fraction of a root of a number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a fraction times 2 ^ 32"
)]
fn root_bits(n: u32, root: fn(f64) -> f64) -> u32 {
    (root(f64::from(n)).fract() * 4_294_967_296.0) as u32
}

fn sha256_words(message: &[u8]) -> [u32; 8] {
    let primes = primes();
    let constants: Vec<u32> = primes.iter().map(|p| root_bits(*p, f64::cbrt)).collect();
    let mut state = [0; 8];
    for (word, prime) in state.iter_mut().zip(&primes) {
        *word = root_bits(*prime, f64::sqrt);
    }
    for block in padded(message, bit_count(message).to_be_bytes()) {
        let mut words: Vec<u32> = block
            .as_chunks::<4>()
            .0
            .iter()
            .map(|b| u32::from_be_bytes(*b))
            .collect();
        for i in 16..64 {
            let (far, near) = (words[i - 15], words[i - 2]);
            let low = far.rotate_right(7) ^ far.rotate_right(18) ^ (far >> 3);
            let high = near.rotate_right(17) ^ near.rotate_right(19) ^ (near >> 10);
            words.push(
                words[i - 16]
                    .wrapping_add(low)
                    .wrapping_add(words[i - 7])
                    .wrapping_add(high),
            );
        }
        let mut work = state;
        for (word, constant) in words.iter().zip(&constants) {
            sha256_round(&mut work, word.wrapping_add(*constant));
        }
        for (word, add) in state.iter_mut().zip(work) {
            *word = word.wrapping_add(add);
        }
    }
    state
}

fn sha256_round(work: &mut [u32; 8], input: u32) {
    let (first, fifth) = (work[0], work[4]);
    let high = fifth.rotate_right(6) ^ fifth.rotate_right(11) ^ fifth.rotate_right(25);
    let choice = (fifth & work[5]) ^ (!fifth & work[6]);
    let one = work[7]
        .wrapping_add(high)
        .wrapping_add(choice)
        .wrapping_add(input);
    let low = first.rotate_right(2) ^ first.rotate_right(13) ^ first.rotate_right(22);
    let majority = (first & work[1]) ^ (first & work[2]) ^ (work[1] & work[2]);
    work.rotate_right(1);
    work[4] = work[4].wrapping_add(one);
    work[0] = one.wrapping_add(low).wrapping_add(majority);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standards() {
        let big = |words: &[u32]| hex(words.iter().flat_map(|w| w.to_be_bytes()));
        let long = "a".repeat(64);
        assert_eq!(
            big(&sha256_words(b"")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            big(&sha256_words(long.as_bytes())),
            "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
        );
        assert_eq!(
            big(&md5_words(b"").map(u32::swap_bytes)),
            "d41d8cd98f00b204e9800998ecf8427e"
        );
    }
}
