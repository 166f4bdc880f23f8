//! Digests of inputs and outputs, so that run.json says exactly what was read
//! and written.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use blake3::hazmat::{
    ChainingValue, HasherExt as _, Mode, left_subtree_len, max_subtree_len,
    merge_subtrees_non_root, merge_subtrees_root,
};
use sha2::{Digest as _, Sha256};

/// The kind of digest in run.json.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DigestKind {
    /// BLAKE3: as fast as the scan.
    #[default]
    Blake3,
    /// SHA-256.
    Sha256,
}

impl DigestKind {
    /// The name that run.json gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blake3 => "blake3",
            Self::Sha256 => "sha256",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Blake3, Self::Sha256].into_iter().find(|kind| kind.name() == name)
    }

    /// The digest of a file in lower-case hexadecimal, and its size in bytes.
    ///
    /// # Errors
    /// What keeps the file from being read.
    pub fn of_file(self, path: &Path) -> io::Result<(String, u64)> {
        let mut file = File::open(path)?;
        let mut buffer = vec![0; 1 << 18];
        let mut bytes = 0;
        let mut blake3 = blake3::Hasher::new();
        let mut sha256 = Sha256::new();
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            bytes += read as u64;
            match self {
                Self::Blake3 => {
                    blake3.update(&buffer[..read]);
                }
                Self::Sha256 => sha256.update(&buffer[..read]),
            }
        }
        let digest = match self {
            Self::Blake3 => blake3.finalize().to_hex().to_string(),
            Self::Sha256 => sha256.finalize().iter().fold(String::new(), |mut hex, byte| {
                // Writing to a String does not fail.
                let _ = write!(hex, "{byte:02x}");
                hex
            }),
        };
        Ok((digest, bytes))
    }
}

/// The BLAKE3 digest of a file that is read in pieces, in any order: they are
/// the branches of its tree.
#[derive(Debug, Clone)]
pub struct Piece {
    hasher: blake3::Hasher,
    /// `None` from the start on: a piece of any length.
    longest: Option<u64>,
    bytes: u64,
}

/// A piece that was read.
#[derive(Debug, Clone, Copy)]
pub struct PieceDigest {
    /// As the whole of a file; only of one that starts it.
    root: Option<blake3::Hash>,
    /// As a part of one; of none without a byte.
    branch: Option<ChainingValue>,
    bytes: u64,
}

impl Piece {
    /// Whether a file can be read in pieces of that many bytes.
    #[must_use]
    pub fn is_branch(bytes: u64) -> bool {
        bytes.is_power_of_two() && bytes >= blake3::CHUNK_LEN as u64
    }

    /// A piece that starts at an offset: a multiple of a length that
    /// [is one of a branch](Self::is_branch).
    #[must_use]
    pub fn at(offset: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        if offset > 0 {
            hasher.set_input_offset(offset);
        }
        Self { hasher, longest: max_subtree_len(offset), bytes: 0 }
    }

    /// Its next bytes. A piece that gets longer than any branch at its offset
    /// has no digest.
    pub fn update(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        if self.is_within() {
            self.hasher.update(bytes);
        }
    }

    fn is_within(&self) -> bool {
        self.longest.is_none_or(|longest| self.bytes <= longest)
    }

    /// How many bytes it has by now.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The piece, read to its end.
    #[must_use]
    pub fn finish(&self) -> PieceDigest {
        let is_branch = self.bytes > 0 && self.is_within();
        PieceDigest {
            root: self.longest.is_none().then(|| self.hasher.finalize()),
            branch: is_branch.then(|| self.hasher.finalize_non_root()),
            bytes: self.bytes,
        }
    }
}

/// The digest in lower-case hexadecimal and the size of a file, of whose pieces
/// all but the last one are as long as the first; `None` if they are not.
///
/// ```
/// use drawdown::digest::{Piece, of_pieces};
/// let text = vec![7; 5000];
/// let piece = |from: usize, to: usize| {
///     let mut piece = Piece::at(from as u64);
///     piece.update(&text[from..to]);
///     piece.finish()
/// };
/// let (digest, bytes) = of_pieces(&[piece(0, 2048), piece(2048, 4096), piece(4096, 5000)]).unwrap();
/// assert_eq!(digest, blake3::hash(&text).to_hex().to_string());
/// assert_eq!(bytes, 5000);
/// ```
#[must_use]
pub fn of_pieces(pieces: &[PieceDigest]) -> Option<(String, u64)> {
    let (last, others) = pieces.split_last()?;
    let bytes = pieces.iter().map(|piece| piece.bytes).sum();
    let Some(first) = others.first() else {
        return Some((last.root?.to_hex().to_string(), bytes));
    };
    let length = first.bytes;
    let even = others.iter().all(|piece| piece.bytes == length) && last.bytes <= length;
    if !even || !Piece::is_branch(length) {
        return None;
    }
    let (left, right) = halves(pieces, length, bytes)?;
    let root = merge_subtrees_root(&left, &right, Mode::Hash);
    Some((root.to_hex().to_string(), bytes))
}

/// The two branches of a tree of more than one piece.
fn halves(
    pieces: &[PieceDigest],
    length: u64,
    bytes: u64,
) -> Option<(ChainingValue, ChainingValue)> {
    let left = left_subtree_len(bytes);
    let at = usize::try_from(left / length).ok()?;
    let (first, rest) = pieces.split_at_checked(at)?;
    Some((branch(first, length, left)?, branch(rest, length, bytes - left)?))
}

fn branch(pieces: &[PieceDigest], length: u64, bytes: u64) -> Option<ChainingValue> {
    if let [piece] = pieces {
        return piece.branch;
    }
    let (left, right) = halves(pieces, length, bytes)?;
    Some(merge_subtrees_non_root(&left, &right, Mode::Hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_common_tools() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        #[expect(clippy::disallowed_methods, reason = "a test's own file")]
        std::fs::write(&path, "abc").unwrap();
        let (sha256, bytes) = DigestKind::Sha256.of_file(&path).unwrap();
        assert_eq!(bytes, 3);
        assert_eq!(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let (blake3, _) = DigestKind::Blake3.of_file(&path).unwrap();
        assert_eq!(blake3, "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85");
    }
}
