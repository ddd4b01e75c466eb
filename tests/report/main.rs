//! What a situation report says, how it looks, and that it is made once.
#![cfg(test)]

mod made;
mod outlook;
mod pages;
mod says;
mod world;
