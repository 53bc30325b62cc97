//! A project that runs: its target, its workbooks, and what is told to the pages that show them.
//!
//! In: a [`Location`](crate::host::locate::Location) and a target name. [`workspace::Workspace`] builds every workbook,
//! keeps the last good [`revision::Revision`] of each, and tells pages of new ones over [`slot::Slot::live`]. Engines are
//! behind [`backend::Backend`]. Not here: HTTP (`server`) and noticing changes (`watch`).

pub mod backend;
pub mod build;
pub mod choice;
pub mod clock;
pub mod finding;
pub mod local;
pub mod markdown;
pub mod revision;
pub mod seeding;
pub mod slot;
pub mod view;
pub mod workspace;
