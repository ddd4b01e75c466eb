//! How many connections are open at once, in all and from one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::limits::counted;
use crate::config;

/// The connections that are open.
pub(super) struct Seats {
    most: usize,
    most_of_one: usize,
    /// Proxies stand for many and are counted only in all.
    trusted: Vec<IpAddr>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// One connection's place, free again when it is dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    address: IpAddr,
}

impl Seats {
    pub(super) fn of_settings(settings: &config::Server) -> Self {
        Self {
            most: settings.max_connections,
            most_of_one: settings.max_connections_per_address,
            trusted: settings.trusted_proxies.clone(),
            taken: Mutex::default(),
        }
    }

    /// A seat for a connection, if there is one left.
    pub(super) fn take(self: &Arc<Self>, peer: IpAddr) -> Option<Seat> {
        let address = counted(peer);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_one = taken.by_address.get(&address).copied().unwrap_or(0);
        let full = of_one >= self.most_of_one && !self.trusted.contains(&peer.to_canonical());
        if full || taken.all >= self.most {
            return None;
        }
        taken.all += 1;
        taken.by_address.insert(address, of_one + 1);
        Some(Seat { seats: Arc::clone(self), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        let of_one = taken.by_address.get(&self.address).copied().unwrap_or(0);
        if of_one > 1 {
            taken.by_address.insert(self.address, of_one - 1);
        } else {
            taken.by_address.remove(&self.address);
        }
    }
}
