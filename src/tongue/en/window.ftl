# When a pause holds, and how it stands.

one-after-another = { $first } { $then }
parties-unnamed = parties that nobody named

## How it stands

stands-refused = Not agreed: refused by { $parties }.
stands-expired = Not agreed: it passed without a yes of { $parties }.
stands-requested = Not agreed: no yes is known of { $parties }.
stands-agreed-undated = Agreed by all who must agree; when it begins is not known.
stands-agreed = Agreed by all who must agree; it has not begun.
stands-violated = Agreed by all who must agree; it is over and was broken.
stands-honoured = Agreed by all who must agree; it is over, and no breach of it is recorded.
stands-in-effect = { $breaches ->
    [0] Agreed by all who must agree, and begun.
    [one] Agreed by all who must agree, and begun; one breach is recorded.
   *[other] Agreed by all who must agree, and begun; { $breaches } breaches are recorded.
}
stands-called-off = Called off.
stands-called-off-by = Called off on { $day } by { $parties }.

## When it holds

times-none = It does not hold in the time asked for.
times-never = It does not hold at any time.
times-one = 1 window of { $hours } hours, from { $start } local time.
times-several = { $count ->
    [one] { $count } window
   *[other] { $count } windows
} of { $hours } hours together, the first from { $start } local time.
times-no-end = No end is set: it is told as far as was asked, which does not mean that it holds.
times-in-words = It is to come again "{ $words }", which is not counted: give { $field } or a rule such as { $rule }.
times-first-alone = It is to come again "{ $words }"; only the first time is shown.
times-before = It is to end before it begins; look at { $fields }.
times-no-time = It lasts no time at all.
times-no-length = It is not known how long it lasts each time; give { $hours } or { $end }.
times-no-start = It is not known when it is to begin. To see what it would let through, send { $start } or { $windows }.
times-month-alone = Of its beginning only the month or the year is known, not the day.
times-untold = The windows cannot be told: { $field }: { $why }.
untold-begins-at-sunset = sunset is not computed; give the local time at which it begins
untold-ends-at-sunset = sunset is not computed; give hours, or the local time at which it ends
untold-bad-hours = the hours must be more than 0 and at most ten years
untold-bad-interval = must be 1 or more
untold-bad-rule = not a rule of { $standard } such as { $rule }: { $fault }
untold-finer-than-daily = a rule by the hour or finer is not counted; use { $daily } with { $hours }
untold-never-comes = the rule never comes to a day that exists
untold-out-of-years = must lie in the years { $first } to { $last }
untold-too-many = more than { $most } windows; ask for a shorter time

## What makes it longer

longer-untold = { $pause } makes it longer; by how much cannot be told. { $why }
longer-open = { $pause } adds nothing: no end was set to begin with.
longer-nothing = { $pause } adds nothing in the time asked for.
longer-adds = { $pause } adds { $hours } hours and moves the end to { $end } local time; only the answers to it hold for them.
longer-no-end = { $pause } adds { $hours } hours and sets no end.

## What must be minded

window-conditions = { $party } made conditions: { $conditions }.
window-extends = It makes { $pause } longer; only its own windows are told here.
window-endorses = It is support for another call, no pause of its own; see { $pauses }.
window-not_announced_yet = On the day asked for it had not been asked for or announced yet.
window-time_zone_assumed = No time zone is given for it or its areas; local times are taken as UTC.
window-start_time_assumed = Only the day of its beginning is known; it is taken to begin at 00:00 local time.
window-dates_approximate = Its dates are known only about.
window-parties_unnamed = Nobody named the parties that must agree.
window-has_conditions = A yes with conditions counts as a yes; whether they are met is not known here.
window-open_end = No end is set; that nobody ended it does not mean that it holds.
window-hours_differ = Its length and its end do not fit: the shorter of the two is taken.
window-violations_not_placed = Some breaches cannot be placed in a window and take no hours away.
window-time_of_violation_unknown = A breach is known only by its day, so that the hours in force lie between two ends.
