//! What a pause lets through: truckloads, tonnes, people fed, and what holds the trucks up.
//!
//! # Worked example
//!
//! Eastern Aleppo, a pause of 48 hours each Thursday from 06:00, with [`Logistics::EASTERN_ALEPPO`]:
//! two days of work of 9 and 12 hours bring 22 + 34 = **56 truckloads** (the bound is 60), 877.5 tonnes,
//! 1.549 million person-days: a week's food for 221,356 people, 88.5 % of 250,000. Offloading is the
//! bottleneck. What would change that, by [`sensitivity`](sensitivity::sensitivity):
//!
//! | lever | from | to | truckloads |
//! |---|---|---|---|
//! | work round the clock | 12 h | 24 h | +132 % |
//! | work to 20:00 | 12 h | 14 h | +29 % |
//! | docks | 4 | 5 | +23 % |
//! | docks | 4 | 8 | +23 % (the checkpoint binds) |
//! | inspection | 12 min | 6 min | +7 % |
//! | trucks | 40 | 80 | +0 % |
//! | trucks | 40 | 16 | −21 % |
//! | lead | 3 h | 6 h | −21 % |
//! | unloading | 60 min | 90 min | −36 % |
//! | inspection | 12 min | 30 min | −50 % |
//!
//! | length of the pause | 3 h | 5 h | 12 h | 24 h | 36 h | 48 h | 72 h |
//! |---|---|---|---|---|---|---|---|
//! | truckloads | 0 | 0 | 14 | 22 | 48 | 56 | 90 |
//!
//! Negotiate docks, lanes and hours before trucks. Source: SPEC §5; its parameters are assumptions.

pub mod bound;
pub mod logistics;
pub mod outcome;
pub mod pause;
pub mod sensitivity;
pub mod simulation;
pub mod windows;

#[cfg(test)]
mod eastern_aleppo;

pub use logistics::Logistics;
