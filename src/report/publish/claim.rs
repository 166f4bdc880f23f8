//! A run's claim to the temporary folders that it makes beside its output: a
//! file that it holds locked for as long as it has any, so that what a run that
//! was killed left behind is told from what a run under way is at.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// What a claim says, from the moment on when it is locked. One that says it and
/// can be locked is of a run that has ended.
const SAYS: &str = "a run of drawdown is writing here\n";

/// How the names of claims, and of the folders that are claimed, end.
const CLAIM: &str = "lock";
pub(super) const STAGED: &str = "part";
pub(super) const REPLACED: &str = "old";

/// Held until it is dropped, which takes its file away.
#[derive(Debug)]
pub(super) struct Claim(NamedTempFile);

impl Claim {
    /// Claims a name that no other run has, beside an output of some name.
    pub(super) fn new(parent: &Path, name: &str) -> io::Result<Self> {
        let (prefix, suffix) = (prefix(name), format!(".{CLAIM}"));
        let mut file =
            tempfile::Builder::new().prefix(&prefix).suffix(&suffix).tempfile_in(parent)?;
        // Where a file system knows no locks, it says nothing, and nobody takes
        // it for left over.
        if file.as_file().lock().is_ok() {
            file.write_all(SAYS.as_bytes())?;
        }
        Ok(Self(file))
    }

    /// A folder that is claimed, by how its name ends.
    pub(super) fn folder(&self, ending: &str) -> PathBuf {
        self.0.path().with_extension(ending)
    }
}

fn prefix(name: &str) -> String {
    format!(".{name}.")
}

/// The claims beside an output of some name.
fn claims(parent: &Path, name: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    let (prefix, suffix) = (prefix(name), format!(".{CLAIM}"));
    let is_claim = |entry: &fs::DirEntry| {
        let file_name = entry.file_name();
        let own = file_name.to_str().and_then(|name| name.strip_prefix(&prefix));
        let own = own.and_then(|name| name.strip_suffix(&suffix));
        // A claim beside an output `out.2` is none beside `out`.
        own.is_some_and(|own| own.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    entries.flatten().filter(is_claim).map(|entry| entry.path()).collect()
}

/// A claim whose run has ended; held until it is dropped, so that no two runs take
/// the same one up.
fn left_over(claim: &Path) -> io::Result<Option<File>> {
    let file = File::open(claim)?;
    let is_left = file.try_lock().is_ok() && io::read_to_string(&file)? == SAYS;
    Ok(is_left.then_some(file))
}

/// Puts an output back that a run had just moved away when it was killed, before it
/// put the new one there.
///
/// # Errors
/// Where it lies, of a run that may be at just that, or what the system refuses.
pub(super) fn put_back(target: &Path, parent: &Path, name: &str) -> Result<(), PathBuf> {
    for claim in claims(parent, name) {
        let replaced = claim.with_extension(REPLACED);
        // The run goes on between each two of these.
        let is_away = || replaced.exists() && !target.exists();
        if !is_away() {
            continue;
        }
        match left_over(&claim) {
            Ok(Some(_held)) if fs::rename(&replaced, target).is_ok() => {}
            _ if is_away() => return Err(replaced),
            _ => {}
        }
    }
    Ok(())
}

/// Takes away what runs that were killed left beside their output. What cannot
/// be taken away stays where it is: it is in nobody's way.
pub(super) fn clear_left_over(target: &Path, parent: &Path, name: &str) {
    for claim in claims(parent, name) {
        let _ = clear(&claim, target);
    }
}

/// Takes away what is claimed by a file, and then the file, if its run has ended.
fn clear(claim: &Path, target: &Path) -> io::Result<()> {
    let Some(_held) = left_over(claim)? else { return Ok(()) };
    remove(&claim.with_extension(STAGED))?;
    let replaced = claim.with_extension(REPLACED);
    if replaced.exists() && !target.exists() {
        // The run was killed just when it replaced the output: there is no other.
        return Ok(());
    }
    remove(&replaced)?;
    fs::remove_file(claim)
}

/// Removes a folder, if there is one.
fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// What is beside `out` of a run that was killed, or is under way.
    fn folders(claim: &Claim) {
        for ending in [STAGED, REPLACED] {
            fs::create_dir(claim.folder(ending)).unwrap();
            #[expect(clippy::disallowed_methods, reason = "a test's own file")]
            fs::write(claim.folder(ending).join("a.csv"), "1").unwrap();
        }
    }

    /// As the system does with the locks of a program that is killed.
    fn killed(claim: Claim) {
        claim.0.keep().unwrap();
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_and_what_another_is_at_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (parent, target) = (folder.path(), folder.path().join("out"));
        fs::create_dir(&target).unwrap();
        let under_way = Claim::new(parent, "out").unwrap();
        folders(&under_way);
        let other = Claim::new(parent, "out.2").unwrap();
        folders(&other);
        killed(other);
        let before = names(parent);
        let claim = Claim::new(parent, "out").unwrap();
        folders(&claim);
        killed(claim);
        assert_eq!(names(parent).len(), before.len() + 3);
        clear_left_over(&target, parent, "out");
        assert_eq!(names(parent), before);
        assert!(under_way.folder(STAGED).join("a.csv").exists());
        clear_left_over(&target, parent, "out.2");
        assert_eq!(names(parent).len(), 4);
    }

    #[test]
    fn an_earlier_output_that_is_nowhere_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (parent, target) = (folder.path(), folder.path().join("out"));
        let claim = Claim::new(parent, "out").unwrap();
        let replaced = claim.folder(REPLACED);
        folders(&claim);
        killed(claim);
        clear_left_over(&target, parent, "out");
        assert_eq!(names(parent).len(), 2);
        assert!(replaced.join("a.csv").exists());
        fs::create_dir(&target).unwrap();
        clear_left_over(&target, parent, "out");
        assert_eq!(names(parent), ["out"]);
    }

    #[test]
    fn an_output_that_was_moved_away_is_put_back_unless_a_run_is_at_it() {
        let folder = tempfile::tempdir().unwrap();
        let (parent, target) = (folder.path(), folder.path().join("out"));
        let under_way = Claim::new(parent, "out").unwrap();
        folders(&under_way);
        assert_eq!(put_back(&target, parent, "out"), Err(under_way.folder(REPLACED)));
        assert!(!target.exists());
        killed(under_way);
        assert_eq!(put_back(&target, parent, "out.2"), Ok(()));
        assert!(!target.exists());
        assert_eq!(put_back(&target, parent, "out"), Ok(()));
        assert!(target.join("a.csv").exists());
        clear_left_over(&target, parent, "out");
        assert_eq!(names(parent), ["out"]);
        // One that is there is not touched.
        let claim = Claim::new(parent, "out").unwrap();
        folders(&claim);
        assert_eq!(put_back(&target, parent, "out"), Ok(()));
        assert!(claim.folder(REPLACED).exists());
    }

    #[test]
    fn a_file_that_is_no_claim_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (parent, target) = (folder.path(), folder.path().join("out"));
        for (name, says) in [(".out.a.lock", ""), (".out.b.lock", "mine"), (".out.c.part", SAYS)] {
            #[expect(clippy::disallowed_methods, reason = "a test's own file")]
            fs::write(parent.join(name), says).unwrap();
            fs::create_dir(parent.join(name).with_extension("old")).unwrap();
        }
        clear_left_over(&target, parent, "out");
        assert_eq!(names(parent).len(), 6);
    }
}
