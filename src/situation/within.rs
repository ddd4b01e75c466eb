//! The situation of some areas alone: what is about others is left out, so that every figure is about these.

use std::collections::HashSet;
use std::sync::Arc;

use super::world::{Situation, World};
use crate::domain::{AreaCode, AreaGroupCode};

/// The areas that are told of.
struct Inside<'a> {
    areas: HashSet<&'a str>,
    /// Groups of these areas alone: a figure of a larger group is about others too.
    whole: HashSet<Box<str>>,
    /// Groups that one of these areas belongs to.
    touched: HashSet<Box<str>>,
}

impl Situation {
    /// The same of these areas alone; without any, of all.
    ///
    /// Lists of names (areas, groups, sources, organisations, parties) stay whole. A convoy or a pause that also goes to
    /// other areas stays, as it is; a count of people of a group stays if the group has no other areas.
    #[must_use]
    pub fn within(self, areas: &[AreaCode]) -> Self {
        if areas.is_empty() {
            return self;
        }
        let inside = Inside::of(&self.world, areas);
        let mut world = World::clone(&self.world);
        inside.claims(&mut world);
        inside.events(&mut world);
        Self { world: Arc::new(world), ..self }
    }
}

impl<'a> Inside<'a> {
    fn of(world: &World, areas: &'a [AreaCode]) -> Self {
        let areas: HashSet<&str> = areas.iter().map(AreaCode::as_str).collect();
        let groups = |is_in: &dyn Fn(&[AreaCode]) -> bool| {
            let groups = world.area_groups.iter().filter(|group| is_in(&group.record.areas));
            groups.map(|group| group.code.clone()).collect()
        };
        let one = |area: &AreaCode| areas.contains(area.as_str());
        let whole = groups(&|of| !of.is_empty() && of.iter().all(one));
        let touched = groups(&|of| of.iter().any(one));
        Self { areas, whole, touched }
    }

    fn is_in(&self, area: &AreaCode) -> bool {
        self.areas.contains(area.as_str())
    }

    fn any(&self, areas: &[AreaCode], groups: &[AreaGroupCode]) -> bool {
        areas.iter().any(|area| self.is_in(area))
            || groups.iter().any(|group| self.touched.contains(group.as_str()))
    }

    fn about(&self, area: Option<&AreaCode>, group: Option<&AreaGroupCode>) -> bool {
        area.is_some_and(|area| self.is_in(area))
            || group.is_some_and(|group| self.whole.contains(group.as_str()))
    }

    /// What is said of one area or one group.
    fn claims(&self, world: &mut World) {
        world.statuses.retain(|status| {
            self.about(status.record.area.as_ref(), status.record.area_group.as_ref())
        });
        world.populations.retain(|population| {
            self.about(population.record.area.as_ref(), population.record.area_group.as_ref())
        });
        world.stocks.retain(|stock| self.is_in(&stock.record.area));
        world.logistics.retain(|logistics| self.is_in(&logistics.record.area));
        world.facilities.retain(|facility| self.about(facility.record.area.as_ref(), None));
    }

    /// What touches several.
    fn events(&self, world: &mut World) {
        world.convoys.retain(|convoy| {
            let mut areas = convoy.record.drops.iter().flat_map(|drop| drop.areas.iter());
            areas.any(|area| self.is_in(area))
        });
        let convoys: HashSet<Box<str>> =
            world.convoys.iter().map(|convoy| convoy.code.clone()).collect();
        world.pauses.retain(|pause| self.any(&pause.record.areas, &pause.record.area_groups));
        world
            .access_requests
            .retain(|request| self.any(&request.record.areas, &request.record.area_groups));
        world.incidents.retain(|incident| {
            let convoy = incident.record.convoy.as_ref();
            self.any(&incident.record.areas, &[])
                || convoy.is_some_and(|convoy| convoys.contains(convoy.as_str()))
        });
        world.observations.retain(|said| self.any(&said.record.areas, &said.record.area_groups));
        world.plans.retain(|plan| plan.record.areas.iter().any(|of| self.is_in(&of.area)));
    }
}
