# Comment s’écrivent les nombres, les fourchettes et les comptes.

not-known = non connu
heads-unknown = un nombre inconnu de
at-least = au moins { $low }
at-most = au plus { $high }
range = { $low } à { $high }
best-at-least = { $best } (au moins { $low })
best-at-most = { $best } (au plus { $high })
best-range = { $best } ({ $low } à { $high })
percent = { $share } %
none = rien
none-to = de rien à { $high }
best-none-to = { $best } (de rien à { $high })

areas = { $count ->
    [one] { $count } zone
   *[other] { $count } zones
}
places = { $count ->
    [one] { $count } lieu
   *[other] { $count } lieux
}
arrivals = { $count ->
    [one] { $count } arrivée
   *[other] { $count } arrivées
}
losses = { $count ->
    [one] { $count } perte
   *[other] { $count } pertes
}
truckloads = { $count ->
    [one] { $count } chargement de camion
   *[other] { $count } chargements de camion
}
more-areas = { $count ->
    [one] { $count } autre zone
   *[other] { $count } autres zones
}
days-under-one = moins de 1
in-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
in-days-under-one = moins d’un jour
about-number = environ { $number }
