-- Every territory that parties work in, or around one.
SELECT id, key, level, label, latitude, longitude FROM territories ORDER BY id
