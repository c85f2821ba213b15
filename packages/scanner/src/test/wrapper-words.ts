// Words that stand before a call and start it. Test code only: the arrival check makes a stub of each program that starts what follows
// exactly these words, so that what a wrapper is given can be seen to arrive.

/** What must follow the words: the words of a call, or one word of shell text. */
interface WrapperWords {
  readonly words: readonly string[];
  readonly takes: "call" | "text";
}

const beforeCalls = `
env
nice
nohup
timeout 5
command
nice -n 5
env A=1
stdbuf -oL
setsid
busybox
exec
time -p
ionice -c 3
timeout -k 5 10
timeout --signal=KILL 5s
env -u A
env -i PATH=/usr/bin
setsid -w
taskset -c 0
chrt -b 0
numactl --interleave=all
sudo
sudo -n
sudo -u root --
doas
chroot /mnt
unshare -n
nsenter -t 1 -m
ltrace
strace -f
flock /tmp/lock
watch -x
runuser -u root --
kubectl exec api-0 --
kubectl -n prod exec -i api-0 -c app --
docker exec api
docker exec -it -u root api
podman exec api
docker run --rm alpine
nerdctl exec api
crictl exec api
oc exec api --
systemd-run --wait
toybox
exec -a ls
`;

const beforeText = `
bash -c
sh -c
eval
bash -lc
bash -euo pipefail -c
dash -c
zsh -c
sh -xc
env bash -c
busybox sh -c
ssh web1
ssh -o BatchMode=yes -p 22 root@web1
ssh -t web1 --
watch
watch -n 1
su -c
su - postgres -c
script -qc
flock /tmp/lock -c
kubectl exec api-0 -- sh -c
docker exec api bash -c
xargs -n 1 sh -c
parallel
gcloud compute ssh vm-1 --command
`;

const listOf = (lines: string, takes: "call" | "text"): readonly WrapperWords[] =>
  lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ({ words: line.split(" "), takes }));

export const callWrappers = listOf(beforeCalls, "call");
export const textWrappers = listOf(beforeText, "text");
