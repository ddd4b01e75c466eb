# Ce que trouvent les règles, en une ou plusieurs phrases.

## Rien n’arrive

alert-no-delivery-total = Un total cumulé fait état de livraisons à { $area } jusqu’au { $day }, il y a { $days } jours ; rien de plus récent n’est connu.
alert-no-delivery-since = Aucune arrivée n’est connue à { $area } depuis le { $day }, il y a { $days } jours.
alert-no-delivery-ever = Aucune arrivée n’a jamais été connue à { $area }, zone isolée depuis le { $day } au moins.

## Il arrive trop peu

alert-low-coverage-none = Aucune livraison de vivres des 30 derniers jours n’est connue à { $area }, ni rien qui resterait d’avant.
alert-low-coverage = Ce qu’il y a eu à manger ces 30 derniers jours couvre { $share } des besoins alimentaires à { $area }{ $sure ->
    [possibly] {" "}(peut-être : la fourchette chevauche le seuil)
   *[surely] {""}
}.
alert-low-coverage-held = La part était plus basse auparavant et ne dépasse pas encore sûrement { $clear } %.
alert-share-at-least = au moins { $low } %
alert-share-one = { $low } %
alert-share-between = de { $low } à { $high } %

## Quelqu’un de plus la dit assiégée

alert-besieged-since = { $area } est assiégée depuis le { $day } selon { $by }.
alert-besieged-listed = { $area } est inscrite comme assiégée le { $day } par { $by } ; aucune inscription antérieure par cette source n’est connue ici.
alert-by-un = l’Organisation des Nations Unies
alert-by-siege_watch = Siege Watch
alert-by-press = la presse et d’autres sources
alert-by-own = notre propre appréciation

## Estimations

alert-stale-population = Le dernier décompte de la population à { $area } date de { $days } jours ({ $people }).
alert-stale-stock = Ce que l’on sait des stocks à { $area } date de { $days } jours.
alert-jump = Population à { $area } selon { $by } : { $now }, après { $before }.
alert-contradiction = Les décomptes de la population à { $area } s’excluent l’un l’autre : { $one } et { $other }.
alert-future = { $kind } { $code } porte la date du { $day }, qui n’est pas encore venue.

## Convois

alert-area-not-named = une zone non nommée
alert-overdue = Le convoi { $convoy } pour { $to } était attendu il y a { $hours ->
    [one] { $hours } heure
   *[other] { $hours } heures
} ; il est { $stage_word }.
alert-denied = Le convoi { $convoy } pour { $to } a été { $how ->
    [denied] refusé
   *[turned_back] refoulé
} le { $day }.
alert-attacked = Le convoi { $convoy } pour { $to } a été { $stage_word } le { $day }.
alert-removed = { $what ->
    [surgical] Des articles chirurgicaux ou de traumatologie ont été retirés
    [medical] Des articles médicaux ont été retirés
   *[goods] Des marchandises ont été retirées
} du convoi { $convoy } pour { $to }{ $known ->
    [yes] {" "}({ $share } % du poids connu)
   *[no] {""}
}.
alert-over-people = Le convoi { $convoy } aurait atteint { $reached } personnes, là où l’estimation la plus haute est de { $people }.
alert-over-goods = Il est sorti du convoi { $convoy } plus qu’il n’y avait été chargé, selon les informations reçues.
alert-stalled = Le convoi { $convoy } pour { $to } est { $where ->
    [departed] en route
   *[at_checkpoint] à un point de contrôle
} ; on est sans nouvelles de lui depuis { $hours ->
    [one] { $hours } heure
   *[other] { $hours } heures
}.
alert-stalled-pause = La pause « { $pause } » finit dans { $hours ->
    [one] { $hours } heure
   *[other] { $hours } heures
}.

## Ce que personne n’a compté

alert-gap-people = La population à { $area } est à compter ; les vivres sont comptés, mais on ne sait pas pour combien de personnes.
alert-gap-both = La population et les vivres à { $area } sont à compter ; aucun décompte de l’une ni des autres n’est connu.
alert-gap-stock = Les vivres en stock à { $area } sont à compter ; { $why ->
    [words] ce que l’on en sait est dit en mots ou ne peut être converti en jours
   *[none] aucun décompte n’en est connu
}.
alert-gap-floor = Ce que l’on sait être arrivé suffit jusqu’au { $day } au moins.
alert-gap-loss = Un entrepôt à { $area } a été touché le { $day }, selon les informations reçues ; la part des vivres perdus ne peut être dite. Ce qui reste est à compter.

## Incidents

alert-incident = { $what } à { $place }, le { $day }, selon les informations reçues.
alert-a-facility = établissement non nommé
alert-facility = Un établissement à { $place } a été touché le { $day }, selon les informations reçues : { $what }.
alert-facility-last = Tous ceux de son genre qui y sont enregistrés sont hors service.

## Pauses

alert-somebody = quelqu’un qui n’est pas nommé
alert-the-parties = les parties
alert-pause-unanswered = { $who } : pas de réponse à la pause demandée par { $by } le { $day }.
alert-pause-violated = La pause « { $pause } » a été rompue le { $day }, selon les informations reçues.
alert-pause-ending = La pause « { $pause } » finit dans { $hours } heures{ $bound ->
    [earliest] {" "}au plus tôt
   *[exact] {""}
} et { $convoys ->
    [one] { $convoys } convoi est encore
   *[other] { $convoys } convois sont encore
} à l’intérieur, à { $areas } ; { $way ->
    [known] le chemin pour en sortir prend { $exit } heures
   *[unknown] la durée du chemin pour en sortir n’est pas enregistrée
}.

## Les vivres s’épuisent

alert-days = { $days ->
    [0] un jour
    [one] { $days } jour
   *[other] { $days } jours
}
alert-runout-out = D’après ce que l’on sait, les vivres en stock à { $area } ont été consommés.
alert-runout-both = Les vivres que l’on sait être à { $area } suffisent encore pour environ { $left }{ $until ->
    [known] , jusqu’au { $day }
   *[unknown] {""}
} (une chance sur dix qu’ils s’épuisent d’ici à { $early }).
alert-runout-about = Les vivres que l’on sait être à { $area } suffisent encore pour environ { $left }{ $until ->
    [known] , jusqu’au { $day }
   *[unknown] {""}
}.
alert-runout-early = Il y a une chance sur dix que les vivres connus à { $area } s’épuisent d’ici à { $early }.
alert-runout-long = Les vivres que l’on sait être à { $area } suffisent pour longtemps.
alert-runout-count = Cela repose sur le comptage du { $day }.
alert-runout-holder = Cela repose sur ce que { $holders } seul détenait le { $day } : une date plancher, non une prévision.
alert-runout-moved = Un convoi ou un nouveau comptage la déplacerait.
alert-runout-moved-inflow = Un convoi, un nouveau comptage ou la connaissance de ce qui entre de soi-même la déplacerait.
alert-runout-held = La date était plus proche auparavant et ne s’est pas encore nettement éloignée.

## Stocks détruits

alert-up-to = jusqu’à { $heads }
alert-stock = À { $area }, { $sure ->
    [possibly] peut-être{" "}
   *[surely] {""}
}{ $amount } personnes-jours de vivres ont été détruits le { $day }, selon les informations reçues : { $measure }.
alert-stock-all = tout ce qui était en stock
alert-stock-share = { $share } % de ce qui était en stock
alert-stock-days = { $days } jours de besoins
alert-stock-left = D’après les valeurs médianes, ce qui reste suffirait pour { $with } jours au lieu de { $without }.
alert-stock-exceeds = C’est plus que ce que l’on croyait s’y trouver : ce qui reste est à compter.

## La voie d’accès, et le service lui-même

alert-route-cut = La voie d’accès à { $place } a été coupée le { $day }, selon les informations reçues.
alert-route-cut-named = La voie d’accès à { $place } ({ $what }) a été coupée le { $day }, selon les informations reçues.
alert-not-made = { $count ->
    [one] Le rapport { $schedule } de { $first } n’a pas été établi
   *[other] { $count } rapports { $schedule }, de { $first } à { $last }, n’ont pas été établis
}.
alert-not-made-many = { $count } rapports { $schedule } ou plus, à partir du { $first }, n’ont pas été établis.
alert-not-made-failed = Il n’a pas pu être établi : { $why }.
alert-not-made-down = Le programme ne fonctionnait pas à ce moment.
alert-no-recipient = Le rapport { $schedule } doit être envoyé à { $recipients }, et ce destinataire n’existe pas.
alert-not-made-next = Le suivant dit ce qui a changé depuis le dernier établi.
alert-not-delivered = { $count ->
    [one] 1 message
   *[other] { $count } messages
} à { $recipient } n’ont pu être remis.
alert-not-delivered-why = Le dernier : { $why }

## Ce qui a été signalé et ne peut plus l’être

alert-closed = Ce qui vous avait été signalé est terminé, ou n’est plus signalé qu’à moins de lecteurs.
alert-turned-off = Un réglage a désactivé ici les alertes de ce type : on ne sait pas si elle est terminée.
