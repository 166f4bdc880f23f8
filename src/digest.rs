//! Digests of inputs and outputs, so that run.json says exactly what was read
//! and written.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

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
