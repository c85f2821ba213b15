/** Version of the rule set. Two scanners with equal versions must give equal verdicts; raise it with every change of a rule. */
export const patternVersion = "1.0.0";
