// macOS: disks, images and backups.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import { changing, destroying, each, reading } from "../verb-rules.ts";

export const diskutil = program({
  names: "diskutil",
  source: "diskutil(8), macOS 14",
  why: "lists or changes disks of macOS",
  verbs: {
    ...each("list info information activity listFilesystems", {
      ...reading("lists disks"),
      unbounded: (inv: Invocation) => inv.path[0] === "activity",
    }),
    ...each(
      "verifyVolume verifyDisk verifyPermissions apfs_verify",
      changing("checks a disk, which halts it meanwhile", "the disk goes on afterwards"),
    ),
    ...each(
      "mount mountDisk rename renameVolume enableJournal disableJournal enableOwnership disableOwnership apfs_unlockVolume apfs_lockVolume",
      changing("changes how a disk is used", "diskutil info shows the state before"),
    ),
    ...each(
      "unmount umount unmountDisk eject",
      changing("takes a disk away from everything that uses it", "diskutil mount brings it back"),
    ),
    ...each(
      "eraseDisk eraseVolume reformat eraseOptical zeroDisk randomDisk secureErase partitionDisk addPartition splitPartition mergePartitions resizeVolume repairVolume repairDisk repairPermissions resetFusion apfs_create apfs_createContainer apfs_addVolume apfs_deleteVolume apfs_deleteContainer apfs_eraseVolume apfs_deleteSnapshot apfs_resizeContainer apfs_changePassphrase apfs_encryptVolume apfs_decryptVolume apfs_deleteVolumeGroup appleRAID_create appleRAID_delete coreStorage_delete cs_delete image",
      destroying("erases, repairs or divides disks", "disk"),
    ),
  },
  examples: {
    "diskutil list": "safe",
    "diskutil info -plist disk1": "safe",
    "diskutil activity": "caution",
    "diskutil unmount disk1": "caution",
    "diskutil verifyVolume /": "caution",
    "diskutil eraseDisk APFS x disk2": "dangerous",
    "diskutil apfs deleteVolume disk1s2": "dangerous",
  },
  nearMisses: ["diskutil", "diskutil eject disk2", "diskutil partitionDisk disk2 1 GPT x"],
});

export const hdiutil = program({
  names: "hdiutil",
  source: "hdiutil(1), macOS 14",
  why: "lists, makes or mounts disk images",
  verbs: {
    "info|imageinfo|isencrypted|plugins|fsid|help|verify|checksum|pmap|udifderez|hfsanalyze": reading("reads an image", {
      options: { "-o|-output|-outfile|-pubkey": { kind: "write", why: "writes a file" } },
    }),
    "attach|mount|mountvol|detach|unmount|eject|resize|create|convert|makehybrid|segment|compact|chpass|udifrez|flatten|unflatten|internet-enable|burn|erasekeys":
      changing("makes, mounts or changes an image", "hdiutil info lists what is mounted"),
  },
  examples: {
    "hdiutil info": "safe",
    "hdiutil imageinfo x.dmg": "safe",
    "hdiutil verify x.dmg": "safe",
    "hdiutil attach x.dmg": "caution",
    "hdiutil checksum -o f x": "caution",
  },
  nearMisses: ["hdiutil create -size 1g x", "hdiutil erasekeys x", "hdiutil"],
});

export const tmutil = program({
  names: "tmutil",
  source: "tmutil(8), macOS 14",
  why: "lists or changes backups of macOS",
  verbs: {
    "listbackups|latestbackup|destinationinfo|listlocalsnapshots|listlocalsnapshotdates|machinedirectory|status|version|isexcluded|uniquesize|calculatedrift|compare|currentphase|verifychecksums|help":
      reading("reports backups"),
    "startbackup|stopbackup|enable|disable|localsnapshot|snapshot|addexclusion|removeexclusion|setdestination|setquota|inheritbackup|associatedisk|enablelocal|disablelocal":
      changing("starts, stops or changes backups", "tmutil destinationinfo shows the settings before"),
    "delete|deletelocalsnapshots|deleteinprogress|restore|thinlocalsnapshots|removedestination": destroying(
      "deletes or brings back backups",
      "backup",
    ),
  },
  examples: {
    "tmutil listbackups": "safe",
    "tmutil status": "safe",
    "tmutil startbackup": "caution",
    "tmutil deletelocalsnapshots /": "dangerous",
  },
  nearMisses: ["tmutil", "tmutil restore a b", "tmutil disable"],
});
