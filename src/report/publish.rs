//! The output folder: built beside its place and renamed into it when it is
//! complete. The only module that makes folders and files.

mod claim;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rayon::prelude::*;

use crate::diagnostics::{Error, caught};
use crate::digest::DigestKind;
use crate::run_json::{RUN_JSON, RunJson, Unfit};

use claim::{Claim, REPLACED, STAGED, clear_left_over, put_back as put_back_beside};

/// How often a run that is just replacing an output is waited for, and how long each
/// time: it takes far less.
const WAITS: u32 = 20;
const WAIT: Duration = Duration::from_millis(50);

/// Puts an earlier output back that a run had moved away when it was killed: the
/// next run goes on from what was decided in it.
///
/// # Errors
/// [`Error::CannotWrite`] where another run seems to be at it, or it cannot be
/// moved; says where the output is.
pub fn put_back(out: &Path) -> Result<(), Error> {
    let (target, parent, name) = place_of(out)?;
    for _ in 0..WAITS {
        if put_back_beside(&target, &parent, &name).is_ok() {
            return Ok(());
        }
        std::thread::sleep(WAIT);
    }
    put_back_beside(&target, &parent, &name).map_err(|replaced| {
        let reason = format!(
            "another run has moved the earlier output to {} and put none in its place; wait until it has ended, or rename that folder back",
            replaced.display()
        );
        cannot_write(&target, &reason)
    })
}

/// An output folder, the one that it lies in, and its name.
fn place_of(out: &Path) -> Result<(PathBuf, PathBuf, String), Error> {
    // A path like `reports/` or `.` has no name of its own.
    // A link stays a link: what it leads to is replaced.
    let target = fs::canonicalize(out)
        .or_else(|_| std::path::absolute(out))
        .map_err(|error| cannot_write(out, &error))?;
    let parent = target.parent().unwrap_or(&target).to_path_buf();
    let name =
        target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((target, parent, name))
}

/// Refuses a folder that holds something other than an earlier run's output.
///
/// # Errors
/// [`Error::OutputNotOurs`] names the first thing that is not ours.
pub fn check_target(out: &Path) -> Result<(), Error> {
    let shown = out.display().to_string();
    let not_ours = |found: String| Error::OutputNotOurs { path: shown.clone(), found };
    if !out.exists() {
        return Ok(());
    }
    if !out.is_dir() {
        return Err(not_ours("it is a file".to_owned()));
    }
    let entries = fs::read_dir(out).map_err(|error| Error::unreadable(&shown, &error))?;
    // A folder or a link of an output's name was made by somebody else.
    let mut names: Vec<(String, bool)> = entries
        .flatten()
        .map(|entry| {
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            (entry.file_name().to_string_lossy().into_owned(), is_file)
        })
        .collect();
    names.sort();
    let Some((first, _)) = names.first() else { return Ok(()) };
    let known = match RunJson::read(out) {
        Ok(run) => run.outputs,
        Err(Unfit::Missing | Unfit::NotOurs) => {
            return Err(not_ours(format!("it holds {first}")));
        }
        Err(unfit) => return Err(not_ours(format!("its {RUN_JSON}: {unfit}"))),
    };
    for (name, is_file) in &names {
        if let Some(open) = locked_by(name) {
            let path = out.join(open).display().to_string();
            return Err(Error::OutputOpen { path, found: format!("{name} lies beside it") });
        }
        let is_ours = name == RUN_JSON || known.iter().any(|output| output.path == *name);
        if !is_ours {
            return Err(not_ours(format!("it also holds {name}")));
        }
        if !is_file {
            return Err(not_ours(format!("{name} in it is no file")));
        }
    }
    Ok(())
}

/// The file that a spreadsheet has open, by the name of the lock file that it
/// keeps beside it: `~$delivered.xlsx`, `.~lock.delivered.xlsx#`.
fn locked_by(name: &str) -> Option<&str> {
    name.strip_prefix("~$")
        .or_else(|| name.strip_prefix(".~lock.").map(|rest| rest.trim_end_matches('#')))
}

/// What Windows says of a folder in which a file is open.
const ACCESS_DENIED: i32 = 5;
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;

/// Why an earlier output could not be moved away.
fn not_moved(target: &Path, error: &io::Error, is_windows: bool) -> Error {
    let code = error.raw_os_error();
    let is_open = [ACCESS_DENIED, SHARING_VIOLATION, LOCK_VIOLATION].map(Some).contains(&code);
    if is_windows && is_open {
        return Error::OutputOpen {
            path: format!("a file in {}", target.display()),
            found: error.to_string(),
        };
    }
    cannot_write(target, error)
}

/// A folder under construction.
#[derive(Debug)]
pub struct Staging {
    /// Files that the system may still have to bring to the disk. They are closed
    /// before the folder goes, which takes the system further open files.
    written: Mutex<Vec<(PathBuf, File)>>,
    folder: tempfile::TempDir,
    target: PathBuf,
    /// Says that a run is at the folder; goes after it.
    claim: Claim,
}

impl Staging {
    /// Starts a folder beside `out`. What earlier runs left there that were
    /// killed is cleared away.
    ///
    /// # Errors
    /// [`Error::OutputNotOurs`], or [`Error::CannotWrite`] when the place
    /// cannot be written to.
    pub fn new(out: &Path) -> Result<Self, Error> {
        check_target(out)?;
        let (target, parent, name) = place_of(out)?;
        if parent.exists() && !parent.is_dir() {
            return Err(cannot_write(&parent, &"it is no folder"));
        }
        fs::create_dir_all(&parent).map_err(|error| cannot_write(&parent, &error))?;
        clear_left_over(&target, &parent, &name);
        let claim = Claim::new(&parent, &name).map_err(|error| cannot_write(&parent, &error))?;
        let staged = claim.folder(STAGED);
        let mut builder = tempfile::Builder::new();
        // The claim's name is nobody else's.
        builder.prefix(staged.file_name().unwrap_or_default()).rand_bytes(0);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any folder: the umask decides, not the rules for secrets.
            builder.permissions(fs::Permissions::from_mode(0o777));
        }
        let folder = builder.tempdir_in(&parent).map_err(|error| cannot_write(&parent, &error))?;
        Ok(Self { written: Mutex::default(), folder, target, claim })
    }

    /// The folder as it stands.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Creates a file and lets `write` fill it; it is brought to the disk when
    /// the folder is published.
    ///
    /// # Errors
    /// [`Error::CannotWrite`] with what the system or `write` says.
    pub fn write<E: std::fmt::Display>(
        &self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> Result<(), E>,
    ) -> Result<(), Error> {
        let path = self.path().join(name);
        #[expect(clippy::disallowed_methods, reason = "the one place where outputs are created")]
        let file = File::create(&path).map_err(|error| cannot_write(&path, &error))?;
        let mut out = BufWriter::with_capacity(1 << 17, file);
        // The workbook's library panics where its temporary files find no room.
        match caught(|| write(&mut out)) {
            Some(written) => written.map_err(|error| cannot_write(&path, &error))?,
            None => {
                return Err(cannot_write(
                    &path,
                    &"writing it broke off; is there room left on its disk?",
                ));
            }
        }
        let file = out.into_inner().map_err(|error| cannot_write(&path, error.error()))?;
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.push((path, file));
        Ok(())
    }

    /// The digest of a file written before.
    ///
    /// # Errors
    /// [`Error::CannotWrite`] when it is gone.
    pub fn digest(&self, name: &str, kind: DigestKind) -> Result<String, Error> {
        let path = self.path().join(name);
        kind.of_file(&path).map(|(digest, _)| digest).map_err(|error| cannot_write(&path, &error))
    }

    /// Puts the complete folder in its place; an earlier run's output goes
    /// only now.
    ///
    /// # Errors
    /// [`Error::CannotWrite`]; the earlier output is then where it was.
    pub fn publish(self) -> Result<(), Error> {
        let Self { written, folder, target, claim } = self;
        check_target(&target)?;
        // All at once: the disk is waited for, not the processor.
        let written = written.into_inner().unwrap_or_else(PoisonError::into_inner);
        written.par_iter().try_for_each(|(path, file)| {
            file.sync_all().map_err(|error| cannot_write(path, &error))
        })?;
        let staged = folder.keep();
        let failed = |error: io::Error| {
            let _ = fs::remove_dir_all(&staged);
            cannot_write(&target, &error)
        };
        if let Ok(folder) = File::open(&staged) {
            // Not every file system can; the rename is what counts.
            let _ = folder.sync_all();
        }
        if !target.exists() {
            return fs::rename(&staged, &target).map_err(failed);
        }
        let old = claim.folder(REPLACED);
        fs::rename(&target, &old).map_err(|error| {
            let _ = fs::remove_dir_all(&staged);
            not_moved(&target, &error, cfg!(windows))
        })?;
        if let Err(error) = fs::rename(&staged, &target) {
            let _ = fs::rename(&old, &target);
            return Err(failed(error));
        }
        // The new output is in place; what is left of the old one is litter.
        let _ = fs::remove_dir_all(&old);
        drop(claim);
        Ok(())
    }
}

/// Writes one file, whole or not at all; one that is there is replaced.
///
/// # Errors
/// [`Error::CannotWrite`] with what the system says.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |error: io::Error| cannot_write(path, &error);
    let whole = std::path::absolute(path).map_err(failed)?;
    let mut file = tempfile::Builder::new()
        .prefix(".")
        .suffix(".part")
        .tempfile_in(whole.parent().unwrap_or(&whole))
        .map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any file, and not as a secret.
        let readable = fs::Permissions::from_mode(0o644);
        file.as_file().set_permissions(readable).map_err(failed)?;
    }
    file.persist(&whole).map(drop).map_err(|error| failed(error.error))
}

fn cannot_write(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::CannotWrite { path: path.display().to_string(), reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(out: &Path, name: &str, text: &str) -> Result<(), Error> {
        let staging = Staging::new(out)?;
        staging.write(name, |file| file.write_all(text.as_bytes()))?;
        let run = serde_json::json!({"tool": "drawdown", "version": "0.1.0",
            "as_of": "2026-03-31", "hash": "blake3", "configuration": {}, "inputs": [],
            "totals": {"entries": {}, "hours": {}},
            "outputs": [{"path": name, "digest": "", "rows": 1}]});
        staging.write(RUN_JSON, |file| file.write_all(run.to_string().as_bytes()))?;
        staging.publish()
    }

    #[test]
    fn replaces_an_earlier_run_and_leaves_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        stage(&out, "a.csv", "1").unwrap();
        stage(&out, "b.csv", "2").unwrap();
        assert!(!out.join("a.csv").exists());
        assert_eq!(fs::read_to_string(out.join("b.csv")).unwrap(), "2");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn refuses_a_folder_with_something_else_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        stage(&out, "a.csv", "1").unwrap();
        let foreign = Staging::new(&out).unwrap();
        foreign.write("notes.txt", |file| file.write_all(b"mine")).unwrap();
        fs::copy(foreign.path().join("notes.txt"), out.join("notes.txt")).unwrap();
        drop(foreign);
        let error = stage(&out, "a.csv", "2").unwrap_err();
        assert!(error.to_string().contains("notes.txt"), "{error}");
        assert_eq!(fs::read_to_string(out.join("a.csv")).unwrap(), "1");
    }

    #[test]
    fn refuses_a_folder_of_an_outputs_name() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        stage(&out, "a.csv", "1").unwrap();
        fs::remove_file(out.join("a.csv")).unwrap();
        fs::rename(tempfile::tempdir().unwrap().keep(), out.join("a.csv")).unwrap();
        let error = stage(&out, "a.csv", "2").unwrap_err();
        assert!(error.to_string().contains("a.csv in it is no file"), "{error}");
        assert!(out.join("a.csv").is_dir());
    }

    #[test]
    fn a_writer_that_panics_is_an_error_like_another() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        stage(&out, "a.csv", "1").unwrap();
        let staging = Staging::new(&out).unwrap();
        let give_up = |_: &mut BufWriter<File>| -> io::Result<()> { panic!("no room") };
        let error = staging.write("a.csv", give_up).unwrap_err();
        assert_eq!(error.kind(), "cannot_write");
        drop(staging);
        assert_eq!(fs::read_to_string(out.join("a.csv")).unwrap(), "1");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_output_that_is_open_stays_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        for lock in ["~$a.csv", ".~lock.a.csv#"] {
            stage(&out, "a.csv", "1").unwrap();
            let staging = Staging::new(&out).unwrap();
            staging.write("lock", |file| file.write_all(b"x")).unwrap();
            fs::copy(staging.path().join("lock"), out.join(lock)).unwrap();
            // Opened before the run, or while it was under way.
            let error = staging.publish().unwrap_err().to_string();
            assert!(error.contains("a.csv is open in another program"), "{error}");
            assert!(stage(&out, "a.csv", "2").is_err());
            assert_eq!(fs::read_to_string(out.join("a.csv")).unwrap(), "1");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
            fs::remove_file(out.join(lock)).unwrap();
        }
    }

    #[test]
    fn a_file_that_windows_has_open_is_told_as_such() {
        let told = |code, is_windows| {
            let error = io::Error::from_raw_os_error(code);
            not_moved(Path::new("out"), &error, is_windows).kind()
        };
        assert_eq!([5, 32, 33].map(|code| told(code, true)), ["output_open"; 3]);
        assert_eq!(told(13, true), "cannot_write");
        assert_eq!(told(5, false), "cannot_write");
    }

    #[test]
    fn a_writer_that_fails_leaves_the_earlier_output() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        stage(&out, "a.csv", "1").unwrap();
        let staging = Staging::new(&out).unwrap();
        staging.write("a.csv", |_| Err("disk full")).unwrap_err();
        drop(staging);
        assert_eq!(fs::read_to_string(out.join("a.csv")).unwrap(), "1");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
