-- Who a member's Slack user is, in words, and since when: an admin reads it in the list of people.
-- sunset_date: none (nothing is replaced)

-- As Slack called that user when the link was made; null without a link, and for links of earlier releases.
ALTER TABLE run.members ADD COLUMN slack_name text CHECK (length(slack_name) BETWEEN 1 AND 200);
ALTER TABLE run.members ADD COLUMN slack_linked_at timestamptz;
