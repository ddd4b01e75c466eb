# How days and moments are written.

date = { $day } { $month } { $year }
day-of-year = { $day } { $month }
day-of-month = { $day }
month-of-year = { $month } { $year }
in-month = { $month } { $year }
about-date = about { $date }
date-not-known = date not known
end-of-day = end of { $date }, UTC
instant = { $date }, { $time } UTC
period = { $from } to { $to }
period-times = { $from } to { $to }

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

short-month-1 = Jan
short-month-2 = Feb
short-month-3 = Mar
short-month-4 = Apr
short-month-5 = May
short-month-6 = Jun
short-month-7 = Jul
short-month-8 = Aug
short-month-9 = Sep
short-month-10 = Oct
short-month-11 = Nov
short-month-12 = Dec
