// The version that the agent reports. It is checked against package.json by a test.

export const agentVersion = "0.1.0";
