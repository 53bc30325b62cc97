//! The growth-marketing data set: customers, their subscriptions, sessions and events, and the campaigns that won them.
//!
//! Everything follows from a seed and a number of customers; no clock, no floating point, no crate whose next version
//! could draw other numbers, so the bytes never change. The story ends on [`calendar::LAST_DAY`]. Entry point:
//! [`dataset::write`].

pub mod activity;
pub mod calendar;
pub mod campaigns;
pub mod company;
pub mod customers;
pub mod dataset;
pub mod market;
pub mod rng;
pub mod spend;
pub mod subscriptions;
pub mod table;
pub mod team;
pub mod touches;
