# What a pause would let through.

through-gets = { truckloads } in { $windows ->
    [one] { $windows } window; { $tonnes } tonnes
   *[other] { $windows } windows; { $tonnes } tonnes for each window
}{ $fed ->
    [told] : { $food }
   *[no] {""}
}.
through-food = food for { $people } people for { $days } { $count ->
    [one] day
   *[other] days
}
through-food-share = { $food }, { $share } % of what all of them need
through-nobody = Nobody is there to be fed, so that there is no coverage.
through-how-many = How many people there are is not known.
through-nothing = Nothing gets through: there is { $missing }.
lacks-trucks = no truck
lacks-lanes = no lane at the checkpoint
lacks-docks = no dock
through-trip = Nothing gets through: one trip takes { $trip } hours and the longest stretch of work is { $longest }.
through-lead = Nothing gets through: { $lead } hours before the first truck moves and { $buffer } before the end leave no working hours of a window of { $hours }.

## What holds the trucks up

bottleneck-offloading = Offloading is the bottleneck{ $trucks ->
    [no_gain] : more trucks change nothing
   *[some] {""}
}. Ask for docks, for quicker unloading, for hours.
bottleneck-checkpoint = The checkpoint is the bottleneck{ $trucks ->
    [no_gain] : more trucks change nothing
   *[some] {""}
}. Ask for lanes, for quicker inspection, for hours.
bottleneck-fleet = The number of trucks is the bottleneck.
bottleneck-window_too_short = The pause is too short for one trip. Ask for hours, or for less time before the first truck moves.

## What one change would do

lever-trucks = { $to } trucks instead of { $from }: { $effect }.
lever-docks = { $to } docks instead of { $from }: { $effect }.
lever-lanes = { $to } lanes at the checkpoint instead of { $from }: { $effect }.
lever-inspection_hours = { $to } minutes to inspect a truck instead of { $from }: { $effect }.
lever-unload_hours = { $to } minutes to unload a truck instead of { $from }: { $effect }.
lever-lead_hours = { $to } hours before the first truck moves instead of { $from }: { $effect }.
lever-round-the-clock = work round the clock instead of { $from } hours a day: { $effect }.
lever-working_hours = { $to } hours of work a day instead of { $from }: { $effect }.
effect-nothing = still nothing
effect-from-none = { $count ->
    [one] { $count } truckload
   *[other] { $count } truckloads
} instead of none
effect-less = −{ $percent } %
effect-more = +{ $percent } %

## What must be minded

through-not_agreed = Not all who must agree have agreed: this is what it would let through.
through-windows_sent = These are the windows that were sent, not those of the record.
through-first_start_sent = It is taken to begin at the time that was sent, not as the record says.
through-time_zone_assumed = No time zone is given for it or its areas; local times are taken as UTC.
through-start_time_assumed = Only the day of its beginning is known; it is taken to begin at 00:00 local time.
through-default_payload = 15 tonnes on a truck are assumed; trucks carry 5 to 20.
through-payload_unusual = Trucks usually carry 5 to 20 tonnes.
through-honour_unknown = Nobody said how likely a window is kept: what is to be expected is not given.
through-population_unknown = Nobody counted the people: coverage is not given. Send people, or areas with known people.
through-stock_unknown = What they hold is not known and counts as nothing: fewer windows may do.
through-inflow_unknown = What comes in by itself is not known and counts as nothing: coverage may be higher.
through-no_need = Nobody is there to be fed: there is no coverage.
through-several_logistics = Several areas have logistics of their own; those of the first are used.
through-areas_without_count = Nobody counted the people of { $areas }; they are left out.
through-as-given = The parameters are as given; coverage counts food alone, shared out evenly.
