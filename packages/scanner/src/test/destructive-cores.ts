// The destructive calls that the fuzz disguises: one line each, over every domain of the catalogue. Test code only.
// None may ever really run: the arrival check runs them as stubs, and leaves out those that the shell itself would carry out.

/** One call, its words as the program must receive them. */
export interface DestructiveCore {
  readonly argv: readonly string[];
  /** The shell carries it out itself or without any program, so it never runs under real bash. */
  readonly offline?: true;
}

/** One call per line; words are separated by a blank, and a word with blanks stands between bars. */
const calls = `
rm -rf /data
rm -r --interactive=never /srv/www
unlink /data/ledger.db
shred -u /data/ledger.db
truncate -s 0 /data/ledger.db
dd if=/dev/zero of=/dev/sdb
mkfs.ext4 /dev/sdb1
wipefs -a /dev/sdb
mv /data /dev/null
cp /dev/null /data/ledger.db
ln -sf /tmp/x /etc/passwd
chmod -R 777 /data
chown -R nobody /data
find /data -delete
find /data -type f -fprint /data/list
sort -uo /data/ledger.db /data/other
sed -i s/a/b/ /data/conf
sed -n |w /data/out| /data/in
awk |BEGIN{system("rm -rf /data")}|
tee /data/ledger.db
tar -xf a.tar -C /
tar -cf /dev/sdb /data
rsync -a --delete empty/ /data/
crontab -r
kill -9 1
kill -KILL -1
pkill -9 postgres
killall nginx
reboot
shutdown -h now
sysctl -w vm.drop_caches=3
mount -o remount,ro /data
umount -l /data
swapoff -a
modprobe -r nvme
systemctl stop postgresql
systemctl --now mask nginx
journalctl --vacuum-time=1s
dmesg -C
hostname db-9
date -s 2020-01-01
iptables -F
nft flush ruleset
ip link set eth0 down
ip route flush table main
ss -K dst 10.0.0.1
ethtool -K eth0 tso off
curl -X DELETE http://es:9200/ledger
curl -sXPOST http://es:9200/_all/_close
curl -so /etc/hosts http://x.example
wget http://x.example/a
kubectl delete ns prod
kubectl -n prod scale deploy api --replicas=0
kubectl drain node-1 --force
kubectl --context prod apply -f x.yaml
helm uninstall api -n prod
docker rm -f api
docker system prune -af
aws s3 rm s3://ledger --recursive
aws ec2 terminate-instances --instance-ids i-1
aws --region eu-west-1 rds delete-db-instance --db-instance-identifier x
gcloud compute instances delete vm-1 --quiet
gsutil -m rm -r gs://ledger
az group delete -n prod --yes
terraform destroy -auto-approve
terraform state rm aws_instance.a
vault secrets disable kv
consul kv delete -recurse app
nomad job stop -purge api
etcdctl del --prefix /registry
psql -c |DROP TABLE users|
psql -d ledger -c |DELETE FROM entries|
psql -c |WITH d AS (DELETE FROM t RETURNING 1) SELECT 1|
psql -c |SELECT pg_terminate_backend(7)|
mysql -e |TRUNCATE TABLE users|
sqlite3 app.db |DROP TABLE users|
redis-cli FLUSHALL
redis-cli -n 2 DEL a b
mongosh --eval |db.dropDatabase()|
kafka-topics.sh --bootstrap-server b:9092 --delete --topic orders
rabbitmqctl delete_queue orders
git push --force origin main
git reset --hard HEAD~3
git clean -fdx
git branch -D main
apt-get remove -y postgresql
pip uninstall -y x
openssl req -x509 -keyout /etc/ssl/key.pem -out /etc/ssl/c.pem
`;

function wordsOf(line: string): readonly string[] {
  const words = line.match(/\|[^|]*\||\S+/g) ?? [];
  return words.map((word) => (word.startsWith("|") ? word.slice(1, -1) : word));
}

/** `kill` is a command of the shell; no stub can stand in for it with certainty. */
const carriedOutByShell: ReadonlySet<string> = new Set(["kill"]);

export const destructiveCores: readonly DestructiveCore[] = calls
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => {
    const argv = wordsOf(line);
    return carriedOutByShell.has(argv[0] ?? "") ? { argv, offline: true } : { argv };
  });
