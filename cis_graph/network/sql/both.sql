-- Pairs without a direction.
SELECT least(source, target) AS source, greatest(source, target) AS target, project, kind, weight, begins, ends
FROM kept
