//! What is met among the inputs and not read.

use std::path::Path;

use crate::diagnostics::{Phrase, Place, Word};

use super::fields::Role;
use super::source::Mislabelled;

/// A file or sheet that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassedOver {
    /// The path, with the sheet where it is one of a workbook.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

/// What the names of exports end in.
const EXPORTS: [&str; 12] =
    ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet", "gz", "zst", "zip"];

/// Those of tables that are text: whatever else is in them, they are no notes.
const TABLES: [&str; 2] = ["csv", "tsv"];

/// Whether a file's name says that it may be an export.
pub(super) fn is_named_like_an_export(path: &str) -> bool {
    ends_in_one_of(path, &EXPORTS)
}

/// Whether a file's name says that it is a table written as text.
pub(super) fn is_named_like_a_table(path: &str) -> bool {
    ends_in_one_of(path, &TABLES)
}

fn ends_in_one_of(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path).extension().map(|e| e.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
}

impl PassedOver {
    /// Whether an export may be missed by it: somebody should look.
    #[must_use]
    pub fn may_be_an_export(&self) -> bool {
        match self.reason {
            Reason::NoExport | Reason::Nearly { .. } => true,
            Reason::Mislabelled(_) => is_named_like_an_export(self.place.file()),
            _ => false,
        }
    }
}

/// Why a file or sheet is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Left by a program that has the file open.
    LockFile,
    /// drawdown.toml.
    Configuration,
    /// A drawdown.toml that is not in force.
    OtherConfiguration,
    /// A file whose name begins with a point.
    HiddenFile,
    /// A folder whose name begins with a point.
    HiddenFolder,
    /// A sheet that the workbook hides, and nobody asks for.
    HiddenSheet,
    /// Another sheet of the workbook is the one to read.
    NotChosen,
    /// Written by an earlier run.
    EarlierOutput,
    /// The same, and replaced by this one.
    OwnOutput,
    /// A symbolic link to a file outside of the folder.
    LinkOutside,
    /// A symbolic link to a folder outside of the folder.
    LinkToFolderOutside,
    /// A symbolic link to a folder that is read where it is.
    LinkToFolder,
    /// A symbolic link to a file that is read under its own name.
    LinkToRead,
    /// A symbolic link to nothing.
    LinkToNowhere,
    /// A pipe or a device.
    NoFile,
    /// Neither text nor a workbook, nor named like one.
    UnknownKind,
    /// Neither text nor a workbook, but named like an export.
    NoExport,
    /// Something else that has a name.
    Mislabelled(Mislabelled),
    /// A sheet without rows.
    EmptySheet,
    /// Headers of no known role.
    UnknownRole,
    /// One column short of a role: perhaps a header is only misspelt.
    Nearly {
        /// That role.
        role: Role,
        /// The column that it lacks.
        missing: &'static str,
        /// A header that may be meant for it, and the known one it resembles.
        proposal: Option<(String, String)>,
    },
}

impl Reason {
    /// The same, to be said in any language.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::LockFile => Phrase::LockFile,
            Self::Configuration => Phrase::Configuration,
            Self::OtherConfiguration => Phrase::OtherConfiguration,
            Self::HiddenFile => Phrase::HiddenFile,
            Self::HiddenFolder => Phrase::HiddenFolder,
            Self::HiddenSheet => Phrase::HiddenSheet,
            Self::NotChosen => Phrase::NotChosen,
            Self::EarlierOutput | Self::OwnOutput => Phrase::EarlierOutput,
            Self::LinkOutside => Phrase::LinkOutside,
            Self::LinkToFolderOutside => Phrase::LinkToFolderOutside,
            Self::LinkToFolder => Phrase::LinkToFolder,
            Self::LinkToRead => Phrase::LinkToRead,
            Self::LinkToNowhere => Phrase::LinkToNowhere,
            Self::NoFile => Phrase::NoFile,
            Self::UnknownKind => Phrase::UnknownKind,
            Self::NoExport => Phrase::NoExport,
            Self::Mislabelled(what) => what.phrase().clone(),
            Self::EmptySheet => Phrase::EmptySheet,
            Self::UnknownRole => Phrase::UnknownRole,
            Self::Nearly { role, missing, proposal } => {
                let role = Word("role", role.name());
                match proposal {
                    Some((header, known)) => {
                        let (header, known) = (header.as_str().into(), known.as_str().into());
                        let meant = Box::new(Phrase::HeaderMeant { header, known });
                        Phrase::NearlyBy { role, missing, meant }
                    }
                    None => Phrase::Nearly { role, missing },
                }
            }
        }
    }
}
