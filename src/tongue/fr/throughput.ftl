# Ce qu’une pause laisserait passer.

through-gets = { truckloads } en { $windows ->
    [one] { $windows } fenêtre ; { $tonnes } tonnes
   *[other] { $windows } fenêtres ; { $tonnes } tonnes par fenêtre
}{ $fed ->
    [told] : { $food }
   *[no] {""}
}.
through-food = des vivres pour { $people } personnes pendant { $days } { $count ->
    [one] jour
   *[other] jours
}
through-food-share = { $food }, { $share } % de ce dont toutes ont besoin
through-nobody = Il n’y a là personne à nourrir, donc pas de couverture.
through-how-many = On ne sait pas combien il y a de personnes.
through-nothing = Rien ne passe : { $missing }.
lacks-trucks = aucun camion
lacks-lanes = aucune voie au point de contrôle
lacks-docks = aucun quai
through-trip = Rien ne passe : un trajet prend { $trip } heures et la plus longue plage de travail est de { $longest }.
through-lead = Rien ne passe : { $lead } heures avant que le premier camion ne parte et { $buffer } avant la fin ne laissent aucune heure de travail d’une fenêtre de { $hours }.

## Ce qui retient les camions

bottleneck-offloading = Le déchargement est le goulot{ $trucks ->
    [no_gain] : plus de camions n’y changent rien
   *[some] {""}
}. Demandez des quais, un déchargement plus rapide, des heures.
bottleneck-checkpoint = Le point de contrôle est le goulot{ $trucks ->
    [no_gain] : plus de camions n’y changent rien
   *[some] {""}
}. Demandez des voies, une inspection plus rapide, des heures.
bottleneck-fleet = Le nombre de camions est le goulot.
bottleneck-window_too_short = La pause est trop courte pour un trajet. Demandez des heures, ou moins de temps avant que le premier camion ne parte.

## Ce que ferait un changement

lever-trucks = { $to } camions au lieu de { $from } : { $effect }.
lever-docks = { $to } quais au lieu de { $from } : { $effect }.
lever-lanes = { $to } voies au point de contrôle au lieu de { $from } : { $effect }.
lever-inspection_hours = { $to } minutes pour inspecter un camion au lieu de { $from } : { $effect }.
lever-unload_hours = { $to } minutes pour décharger un camion au lieu de { $from } : { $effect }.
lever-lead_hours = { $to } heures avant que le premier camion ne parte au lieu de { $from } : { $effect }.
lever-round-the-clock = travail jour et nuit au lieu de { $from } heures par jour : { $effect }.
lever-working_hours = { $to } heures de travail par jour au lieu de { $from } : { $effect }.
effect-nothing = toujours rien
effect-from-none = { $count ->
    [one] { $count } chargement de camion
   *[other] { $count } chargements de camion
} au lieu d’aucun
effect-less = −{ $percent } %
effect-more = +{ $percent } %

## Ce qu’il faut garder à l’esprit

through-not_agreed = Tous ceux qui doivent accepter ne l’ont pas fait : voici ce qu’elle laisserait passer.
through-windows_sent = Ce sont les fenêtres envoyées, pas celles de la fiche.
through-first_start_sent = On retient qu’elle commence au moment envoyé, pas comme le dit la fiche.
through-time_zone_assumed = Aucun fuseau horaire n’est donné pour elle ni pour ses zones ; les heures locales sont prises comme UTC.
through-start_time_assumed = De son début on ne connaît que le jour ; on retient qu’elle commence à 00:00, heure locale.
through-default_payload = 15 tonnes par camion sont supposées ; les camions en portent 5 à 20.
through-payload_unusual = Les camions portent d’ordinaire 5 à 20 tonnes.
through-honour_unknown = Personne n’a dit quelle chance a une fenêtre d’être respectée : ce qu’il faut attendre n’est pas donné.
through-population_unknown = Personne n’a compté la population : la couverture n’est pas donnée. Envoyez une population, ou des zones dont elle est connue.
through-stock_unknown = Ce qu’ils détiennent n’est pas connu et compte pour rien : moins de fenêtres peuvent suffire.
through-inflow_unknown = Ce qui entre de soi-même n’est pas connu et compte pour rien : la couverture peut être plus haute.
through-no_need = Il n’y a là personne à nourrir : pas de couverture.
through-several_logistics = Plusieurs zones ont leur propre logistique ; celle de la première est utilisée.
through-areas_without_count = Personne n’a compté la population de { $areas } ; elle est laissée de côté.
through-as-given = Les paramètres sont ceux donnés ; la couverture ne compte que les vivres, partagés également.
