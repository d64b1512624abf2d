-- The pairs asked for.
SELECT * FROM pairs WHERE tie IN (/*ties*/) /*where*/
