//! How numbers are written in the arithmetic behind a figure.

use crate::model::Exact;

/// Decimals of a number on its way to being rounded.
const STEPS: u32 = 6;

/// A number in full, or its first decimals.
#[must_use]
pub fn unrounded(amount: &Exact) -> String {
    match amount.decimals() {
        Some(decimals) if decimals <= STEPS => amount.to_fixed(decimals),
        _ => format!("{}…", amount.to_fixed(STEPS)),
    }
}

/// `× 8`, `÷ 60`, `× 8/7`.
#[must_use]
pub fn operation(factor: &Exact) -> String {
    let is_whole = |number: &Exact| number.decimals() == Some(0);
    match Exact::one().divided_by(factor) {
        _ if is_whole(factor) => format!("× {factor}"),
        Some(inverse) if is_whole(&inverse) => format!("÷ {inverse}"),
        Some(inverse) if factor.decimals().is_none() && inverse.decimals().is_some() => {
            format!("÷ {inverse}")
        }
        _ => format!("× {factor}"),
    }
}
