-- The projects to which somebody is party who fits.
parties.project IN (
    SELECT parties.project FROM parties JOIN actors ON actors.id = parties.actor WHERE /*fits*/
)
