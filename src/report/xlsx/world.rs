//! The sheets of what is: areas, food, what is missing, people by month, the funnel.

use super::table::{Cell, Table};
use crate::domain::Figure;
use crate::report::Report;
use crate::report::area::AreaRow;
use crate::tongue::{Tongue, say};

pub(super) fn areas(report: &Report, t: Tongue<'_>) -> Table {
    let mut table = Table::new(
        "sheet_areas",
        &[
            "area",
            "name",
            "name_ar",
            "admin1",
            "within",
            "listed",
            "tier",
            "listed_on",
            "people*",
            "counted_by",
            "counted_on",
            "sources_differ",
            "last_arrival",
            "days_since_arrival",
            "arrivals_30_days",
            "need_met*",
            "convoys_planned",
            "convoys_allowed",
            "convoys_refused",
            "convoys_arrived",
            "sources",
        ],
    );
    for row in &report.areas {
        table.row(area(row, t));
    }
    table
}

fn area(row: &AreaRow, t: Tongue<'_>) -> impl Iterator<Item = Cell> {
    let people = row.people.first();
    let first = row.listings.first();
    let head = [
        Cell::words(&row.code),
        Cell::name(&row.name),
        Cell::some(row.name_ar.as_ref()),
        Cell::some_name(row.admin1.as_ref()),
        Cell::some(row.within.as_ref()),
        Cell::list(&listings(row, t)),
        Cell::number(first.and_then(|listing| listing.tier).map(whole)),
        Cell::day(first.and_then(|listing| listing.day.as_ref())),
    ];
    let counted = [
        Cell::some_name(people.and_then(|people| people.by.as_ref())),
        Cell::day(people.and_then(|people| people.day.as_ref())),
        Cell::yes(row.sources_differ),
        Cell::day(row.last_arrival.as_ref()),
        row.days_since_last_arrival.map_or(Cell::Empty, |days| Cell::Number(days_of(days))),
        Cell::count(row.arrivals_in_30_days),
    ];
    let shares = [row.coverage.low(), row.coverage.best(), row.coverage.high()];
    let own = row.convoys;
    head.into_iter()
        .chain(Cell::figure(people.map_or(Figure::UNKNOWN, |people| people.figure)))
        .chain(counted)
        .chain(shares.map(|share| share.map_or(Cell::Empty, Cell::Share)))
        .chain([own.planned, own.allowed, own.refused, own.arrived].map(Cell::count))
        .chain([Cell::list(&sources_of(row))])
}

fn listings(row: &AreaRow, t: Tongue<'_>) -> Vec<String> {
    let told = row.listings.iter().map(|own| {
        let by = t.choice("short-scheme", own.scheme.as_str());
        say!(t, "listing", by = by, status = t.status(Some(own.status)))
    });
    told.collect()
}

fn sources_of(row: &AreaRow) -> Vec<String> {
    let listings = row.listings.iter().flat_map(|listing| &listing.sources);
    let people = row.people.iter().flat_map(|people| &people.sources);
    let mut all: Vec<String> =
        listings.chain(people).chain(&row.last_arrival_sources).cloned().collect();
    all.sort();
    all.dedup();
    all
}

fn whole(number: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "tiers stay far below 2^53")]
    let number = number as f64;
    number
}

fn days_of(days: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "days of centuries stay below 2^53")]
    let days = days as f64;
    days
}

pub(super) fn food(report: &Report) -> Table {
    let mut table = Table::new(
        "sheet_food",
        &[
            "area",
            "name",
            "people*",
            "outlook_status",
            "days_early",
            "days_middle",
            "days_late",
            "day_early",
            "day_middle",
            "day_late",
            "chance_never",
            "not_before",
            "urgency",
            "counted_on",
            "arrivals_since",
            "losses_since",
            "flags",
            "sources",
        ],
    );
    for row in report.outlook.iter().flat_map(|outlook| &outlook.areas) {
        let (days, on) = (row.days_left, row.runs_out_on);
        let newest = row.counts.first();
        let mut sources: Vec<String> =
            row.counts.iter().flat_map(|count| &count.sources).cloned().collect();
        sources.sort();
        sources.dedup();
        let cells = [Cell::words(&row.code), Cell::name(&row.name)]
            .into_iter()
            .chain(Cell::figure(row.people))
            .chain([Cell::choice("book-outlook", row.status.as_str())])
            .chain([days.p10, days.p50, days.p90].map(Cell::number))
            .chain([on.p10, on.p50, on.p90].map(Cell::date))
            .chain([
                row.chance_never.map_or(Cell::Empty, Cell::Share),
                Cell::date(row.not_before),
                Cell::choice("urgency", row.urgency.as_str()),
                Cell::day(newest.map(|count| &count.day)),
                Cell::count(row.arrivals_since),
                Cell::count(row.losses_since),
                Cell::Choices("book-flag", row.flags.clone()),
                Cell::list(&sources),
            ]);
        table.row(cells);
    }
    table
}

pub(super) fn gap(report: &Report) -> Table {
    let mut table = Table::new(
        "sheet_gap",
        &[
            "area",
            "name",
            "within",
            "stock_is_counted",
            "people_without_food*",
            "tonnes*",
            "trucks*",
            "convoys*",
        ],
    );
    for row in report.outlook.iter().flat_map(|outlook| &outlook.gap.areas) {
        let missing = row.missing;
        let cells = [
            Cell::words(&row.code),
            Cell::name(&row.name),
            Cell::some(row.within.as_ref()),
            Cell::yes(row.stock_is_counted),
        ];
        let figures = [missing.people, missing.tonnes, missing.trucks, missing.convoys];
        table.row(cells.into_iter().chain(figures.into_iter().flat_map(Cell::figure)));
    }
    table
}

pub(super) fn months(report: &Report) -> Table {
    let mut table = Table::new(
        "sheet_months",
        &[
            "month",
            "until",
            "convoys_arrived",
            "arrivals_of_unknown_size",
            "people_reached*",
            "in_need*",
            "counted_by",
            "counted_on",
            "sources",
        ],
    );
    for row in report.months.iter().flatten() {
        let cells = [
            Cell::Date(row.month),
            Cell::Instant(row.to),
            Cell::count(row.arrivals),
            Cell::count(row.arrivals_of_unknown_size),
        ];
        let ends = [
            row.in_need_by.map_or(Cell::Empty, |by| Cell::choice("short-scheme", by.as_str())),
            Cell::day(row.in_need_on.as_ref()),
            Cell::list(&row.sources),
        ];
        let figures = Cell::figure(row.reached).into_iter().chain(Cell::figure(row.in_need));
        table.row(cells.into_iter().chain(figures).chain(ends));
    }
    table
}

pub(super) fn funnel(report: &Report) -> Table {
    let mut table = Table::new(
        "sheet_funnel",
        &[
            "step",
            "convoys",
            "trucks*",
            "drops_without_trucks",
            "people_targeted*",
            "drops_without_people",
        ],
    );
    if let Some(steps) = &report.funnel {
        for (name, step) in ["requested", "approved", "loaded", "arrived"].iter().zip(steps.steps())
        {
            let cells = [Cell::choice("book-step", name), Cell::count(step.convoys)]
                .into_iter()
                .chain(Cell::figure(step.trucks.figure))
                .chain([Cell::count(step.trucks.unknown)])
                .chain(Cell::figure(step.people.figure))
                .chain([Cell::count(step.people.unknown)]);
            table.row(cells);
        }
    }
    table
}
