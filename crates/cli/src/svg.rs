//! Figures as SVG files in a folder.

use std::path::Path;

use figures::Figure;
use reports::ReportError;

use crate::Outcome;
use crate::failure::Failure;

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Record(error) => error.into(),
            ReportError::Scenario(faults) => (*faults).into(),
            error => Self::wrong(format!("error: {error}")),
        }
    }
}

/// Writes each figure as `<name>.svg`; the folder is made if it is not there.
pub(crate) fn write(folder: &Path, figures: &[Figure]) -> Outcome {
    let failed = |path: &Path, error: std::io::Error| {
        Failure::failed(format!("error: could not write {}: {error}", path.display()))
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for figure in figures {
        let path = folder.join(format!("{}.svg", figure.name));
        std::fs::write(&path, figure.svg()).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}
