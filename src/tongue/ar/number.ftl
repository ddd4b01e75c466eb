# كتابة الأعداد والنطاقات وتمييز العدد.

not-known = غير معروف
heads-unknown = غير معروف
at-least = { $low } على الأقل
at-most = { $high } على الأكثر
range = بين { $low } و{ $high }
best-at-least = { $best } ({ $low } على الأقل)
best-at-most = { $best } ({ $high } على الأكثر)
best-range = { $best } (بين { $low } و{ $high })
percent = { $share } في المائة
none = لا شيء
none-to = بين لا شيء و{ $high }
best-none-to = { $best } (بين لا شيء و{ $high })

areas = { PLURAL($count) ->
    [zero] لا منطقة
    [one] منطقة واحدة
    [two] منطقتان
    [few] { $count } مناطق
    [many] { $count } منطقة
   *[other] { $count } منطقة
}
places = { PLURAL($count) ->
    [zero] لا موقع
    [one] موقع واحد
    [two] موقعان
    [few] { $count } مواقع
    [many] { $count } موقعا
   *[other] { $count } موقع
}
arrivals = { PLURAL($count) ->
    [zero] لا وصول
    [one] وصول واحد
    [two] وصولان
    [few] { $count } عمليات وصول
    [many] { $count } عملية وصول
   *[other] { $count } عملية وصول
}
losses = { PLURAL($count) ->
    [zero] لا خسارة
    [one] خسارة واحدة
    [two] خسارتان
    [few] { $count } خسائر
    [many] { $count } خسارة
   *[other] { $count } خسارة
}
truckloads = { PLURAL($count) ->
    [zero] لا حمولة شاحنة
    [one] حمولة شاحنة واحدة
    [two] حمولة شاحنتين
    [few] حمولة { $count } شاحنات
    [many] حمولة { $count } شاحنة
   *[other] حمولة { $count } شاحنة
}
more-areas = { PLURAL($count) ->
    [zero] لا منطقة أخرى
    [one] منطقة أخرى
    [two] منطقتان أخريان
    [few] { $count } مناطق أخرى
    [many] { $count } منطقة أخرى
   *[other] { $count } منطقة أخرى
}
days-under-one = أقل من 1
in-days = { PLURAL($count) ->
    [zero] 0 يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يوما
   *[other] { $count } يوم
}
in-days-under-one = أقل من يوم
about-number = نحو { $number }
