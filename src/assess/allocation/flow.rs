//! Whole loads on their way: a network in which one more load is let through, or another is sent elsewhere.

use std::collections::VecDeque;

/// Whole numbers of loads that flow along arcs, each up to what it can take.
pub(super) struct Flow {
    /// Arcs that leave each node; each arc has its reverse at the same number with the last bit flipped.
    leaving: Vec<Vec<usize>>,
    to: Vec<usize>,
    /// What each arc could still take; of a reverse arc, what could be taken back.
    room: Vec<u64>,
    /// Changes since the last mark: arcs along which one load was sent.
    sent: Vec<usize>,
    /// The search in which each node was last seen, and the arc by which it was reached.
    visited: Vec<(u32, usize)>,
    round: u32,
}

impl Flow {
    pub(super) fn new() -> Self {
        Self {
            leaving: Vec::new(),
            to: Vec::new(),
            room: Vec::new(),
            sent: Vec::new(),
            visited: Vec::new(),
            round: 0,
        }
    }

    pub(super) fn add_node(&mut self) -> usize {
        self.leaving.push(Vec::new());
        self.visited.push((0, 0));
        self.leaving.len() - 1
    }

    /// Joins two nodes and returns the number of the arc.
    pub(super) fn add_arc(&mut self, from: usize, to: usize, most: u64) -> usize {
        let arc = self.to.len();
        self.to.extend([to, from]);
        self.room.extend([most, 0]);
        self.leaving[from].push(arc);
        self.leaving[to].push(arc + 1);
        arc
    }

    /// Loads that flow along an arc.
    pub(super) fn along(&self, arc: usize) -> u64 {
        self.room[arc + 1]
    }

    /// Forgets how to go back: what flows now stays.
    pub(super) fn keep(&mut self) {
        self.sent.clear();
    }

    /// Takes back everything since it was last kept.
    pub(super) fn undo(&mut self) {
        for arc in std::mem::take(&mut self.sent).into_iter().rev() {
            self.room[arc] += 1;
            self.room[arc ^ 1] -= 1;
        }
    }

    /// Sends one load from `from` to `to`, moving others if need be. Returns whether there is a way.
    ///
    /// The search begins at the end that is `near`: at an area, not at the source that reaches everything.
    pub(super) fn send(&mut self, from: usize, to: usize, near: Near) -> bool {
        self.round += 1;
        let (start, goal) = if near == Near::Start { (from, to) } else { (to, from) };
        let mut queue = VecDeque::from([start]);
        self.visited[start].0 = self.round;
        while let Some(node) = queue.pop_front() {
            if node == goal {
                self.push_along(start, goal, near);
                return true;
            }
            for &step in &self.leaving[node] {
                let next = self.to[step];
                if self.room[near.arc(step)] > 0 && self.visited[next].0 != self.round {
                    self.visited[next] = (self.round, step);
                    queue.push_back(next);
                }
            }
        }
        false
    }

    fn push_along(&mut self, start: usize, goal: usize, near: Near) {
        let mut node = goal;
        while node != start {
            let step = self.visited[node].1;
            let arc = near.arc(step);
            self.room[arc] -= 1;
            self.room[arc ^ 1] += 1;
            self.sent.push(arc);
            node = self.to[step ^ 1];
        }
    }
}

/// The end of a way at which few arcs begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Near {
    Start,
    End,
}

impl Near {
    /// The arc along which a load goes where the search makes this step.
    const fn arc(self, step: usize) -> usize {
        match self {
            Self::Start => step,
            Self::End => step ^ 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_is_moved_to_make_way_for_another_and_moved_back_when_undone() {
        let mut flow = Flow::new();
        let [source, early, late, a, b] = std::array::from_fn(|_| flow.add_node());
        flow.add_arc(source, early, 1);
        flow.add_arc(source, late, 1);
        let early_to_a = flow.add_arc(early, a, 1);
        let late_to_a = flow.add_arc(late, a, 1);
        let early_to_b = flow.add_arc(early, b, 1);
        assert!(flow.send(source, a, Near::End));
        flow.keep();
        assert_eq!(flow.along(early_to_a), 1);
        // Area b can only be reached early, so the load of area a must go late.
        assert!(flow.send(source, b, Near::End));
        assert_eq!([early_to_a, late_to_a, early_to_b].map(|arc| flow.along(arc)), [0, 1, 1]);
        assert!(!flow.send(source, b, Near::End));
        flow.undo();
        assert_eq!([early_to_a, late_to_a, early_to_b].map(|arc| flow.along(arc)), [1, 0, 0]);
    }

    #[test]
    fn a_load_can_be_sent_back_to_where_it_came_from() {
        let mut flow = Flow::new();
        let [source, window, area] = std::array::from_fn(|_| flow.add_node());
        flow.add_arc(source, window, 1);
        let arc = flow.add_arc(window, area, 1);
        assert!(flow.send(source, area, Near::End));
        assert!(flow.send(area, source, Near::Start));
        assert_eq!(flow.along(arc), 0);
    }
}
