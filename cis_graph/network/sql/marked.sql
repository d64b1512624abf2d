-- The parties of the projects asked for, each with whether it fits what one end of a tie must fit.
SELECT parties.*, projects.kind, projects.partners, projects.payees, projects.cooperation, projects.funding,
    /*role*/ AS role_fits, /*type*/ AS type_fits, /*territory*/ AS territory_fits, /*actor*/ AS actor_fits
FROM parties
JOIN projects ON projects.id = parties.project
JOIN actors ON actors.id = parties.actor
WHERE true /*where*/
