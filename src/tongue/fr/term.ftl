# Ce que veulent dire les mots du rapport, et ce qui n’est pas compté.

term-besieged = Assiégée
term-besieged-means = Selon la définition de l’ONU : entourée par des acteurs armés, avec pour effet durable que l’assistance ne peut y entrer régulièrement et que les civils, les malades et les blessés ne peuvent en sortir régulièrement.
term-hard-to-reach = Difficile d’accès
term-hard-to-reach-means = Selon la définition de l’ONU : non accessible régulièrement aux acteurs humanitaires pour des programmes suivis, parce que l’accès est refusé, doit être négocié chaque fois, ou à cause de combats, de points de contrôle ou d’autorisations qui ne viennent pas à temps. Ce n’est pas une forme atténuée de siège.
term-by-whose-count = Selon qui
term-by-whose-count-means = L’ONU, Siege Watch, la presse et d’autres inscrivent les zones selon leurs propres définitions. Leurs chiffres figurent côte à côte et ne s’additionnent jamais. Un total publié pour une liste entière ou un groupe de zones n’est pas réparti entre ses zones.
term-ranges = Fourchettes
term-ranges-means = Une fourchette donne le moins et le plus que les sources permettent. Un nombre seul est le chiffre unique d’une source, donné sans fourchette. « Au moins » et « au plus » sont les mots de la source, ou veulent dire qu’une partie n’est pas connue. Ce qui n’est pas connu est écrit « non connu », jamais 0.
term-no-arrival = Aucune arrivée connue
term-no-arrival-means = Aucun enregistrement d’une arrivée ne nous est parvenu. Cela ne prouve pas que rien ne soit arrivé.
term-people-reached = Personnes atteintes
term-people-reached-means = Selon les sources. Le moins suppose que tous les convois vers une zone ont servi les mêmes personnes, le plus que nul n’a été servi deux fois, dans la limite de la population comptée. Les totaux cumulés des mois passés ne s’ajoutent pas.
term-parts-and-wholes = Parties et ensembles
term-parts-and-wholes-means = Un convoi qui fait partie d’une opération plus grande est inscrit mais non compté une seconde fois. Les missions sans marchandises sont inscrites mais non comptées.
term-authors = Auteurs
term-authors-means = Chaque affirmation est celle de son auteur, non la nôtre : qui a fait quelque chose n’est dit que par le récit d’une source. Les numéros entre crochets renvoient à la liste des sources.
term-food-need = Besoins alimentaires couverts
term-food-need-means = Vivres arrivés en 30 jours rapportés à 2 100 kcal par personne et par jour (une personne-jour), après { $lost } % de pertes de manutention et { $low } à { $high } % de détournements. Stocks, marchés, récoltes et autres voies d’entrée ne sont pas comptés. Là où une source dit seulement pour combien de personnes étaient les vivres, la cargaison en est déduite et marquée comme supposée.
term-rules-off = Non recherché
rules-off = Un réglage désactive des alertes ; leur silence ici ne dit donc rien : { $places }.
rules-off-everywhere = partout : { $rules }
rules-off-in = { $which ->
    [none] à { $place } : rien n’est laissé de côté
   *[some] à { $place } : { $rules }
}
term-means = { $term } : { $means }
