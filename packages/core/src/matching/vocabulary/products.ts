// Products and makers, as alerts call them: network, storage, hardware, offices, shops. Most libraries have no runbook for most of them, and to know
// that a name is a product's is what keeps a runbook about something else from being offered. The same notation as in systems.ts; general knowledge.
// A product that is called like an everyday word stands here with its maker's name or not at all.
export const products = `
cisco: cisco, catalyst, cisco nexus, cisco ucs, ios xe, cisco asa
arista: arista
aruba: aruba
extremenetworks: extreme networks
mikrotik: mikrotik, routeros
ubiquiti: ubiquiti, unifi
meraki: meraki
mellanox: mellanox, infiniband
brocade: brocade
ciena: ciena
alcatel: alcatel, timos
huawei: huawei, oceanstor
dlink: dlink
netgear: netgear
tplink: tp-link, omada
ruckus: ruckus
cradlepoint: cradlepoint
f5: f5, big-ip, bigip
citrix: citrix, netscaler, xendesktop
a10: a10 networks, thunder adc
barracuda: barracuda
fortinet: fortinet, fortigate, fortimanager
paloalto: palo alto, globalprotect, pan-os
checkpoint: check point, checkpoint firewall
sophos: sophos
sonicwall: sonicwall
watchguard: watchguard
zscaler: zscaler
pfsense: pfsense, opnsense
openvpn: openvpn
wireguard: wireguard, tailscale
strongswan: strongswan
infoblox: infoblox
sdwan: sd-wan, sdwan
wifi: wifi, wi-fi, wlan, access points
snmp: snmp, snmp trap
ntopng: ntopng
netbox: netbox
purestorage: pure storage, flasharray, flashblade
emc: emc, isilon, powerscale, powermax, powerstore, datadomain
hpe: hpe, hewlett packard, proliant, primera, hpe msa, ilo
dell: dell, idrac, poweredge, openmanage
lenovo: lenovo, xclarity
supermicro: supermicro
ibm: ibm, as400, ibm imm
fujitsu: fujitsu, primergy
ipmi: ipmi, bmc, redfish
synology: synology, diskstation
qnap: qnap
truenas: truenas, freenas
nutanix: nutanix, cvm, acropolis
storagegrid: storagegrid
lustre: lustre
beegfs: beegfs
drbd: drbd
iscsi: iscsi
fibrechannel: fibre channel, fiber channel, hba
tape: tape library, lto
apc: apc, pdu, rack pdu
hvac: hvac, crac, cooling unit, air conditioning, chiller
generator: diesel generator, genset
sensor: humidity, water leak, smoke detector, aranet
elevator: elevator
door: badge reader, door
camera: cctv, surveillance camera
printer: printer, printers, toner
scanner: barcode, handheld
kiosk: kiosk, pos terminal, cash register
gpu: nvidia, gpu, dcgm, cuda
iot: mqtt, mosquitto, zigbee, lorawan
veeam: veeam
commvault: commvault
rubrik: rubrik
cohesity: cohesity
netbackup: netbackup, veritas
acronis: acronis
bacula: bacula, bareos
restic: restic, borg
bitbucket: bitbucket
jira: jira, confluence, atlassian
teamcity: teamcity
circleci: circleci
travis: travis
githubactions: github actions
azuredevops: azure devops
buildkite: buildkite
octopus: octopus deploy
spinnaker: spinnaker
tekton: tekton
crossplane: crossplane
keda: keda
knative: knative
kubeflow: kubeflow
rancher: rancher
kong: kong
apisix: apisix
contour: contour
emissary: emissary, ambassador
tyk: tyk
awx: awx, ansible tower
rundeck: rundeck
foreman: foreman
jamf: jamf
intune: intune
sccm: sccm
wsus: wsus
mailserver: exchange server, exchange online, outlook, mailbox database, exchange dag
office365: office365, microsoft exchange, sharepoint, onedrive, ms365, microsoft teams
entra: entra, azure ad, adconnect
hyperv: hyperv
iis: iis, application pool, w3svc
citrixvda: vda
xen: xenserver, xcp-ng
cloudstack: cloudstack
okta: okta
auth0: auth0
onelogin: onelogin
duo: duo security
cyberark: cyberark
crowdstrike: crowdstrike, falcon sensor
defender: defender, microsoft defender
sentinelone: sentinelone
wazuh: wazuh, ossec
qradar: qradar
suricata: suricata, snort, zeek
falco: falco
trivy: trivy, clair
waf: waf, modsecurity
guardduty: guardduty
vulnerability: nessus, qualys, rapid7
antivirus: antivirus, clamav
zabbix: zabbix
nagios: nagios, icinga, checkmk
netdata: netdata
dynatrace: dynatrace
appdynamics: appdynamics
honeycomb: honeycomb
pingdom: pingdom, statuscake, uptimerobot
statuspage: statuspage
victorops: victorops
rollbar: rollbar, bugsnag
firebase: firebase, crashlytics, fcm
appstore: app store, play store, testflight
slackapp: slack workspace
zoom: zoom meeting, zoom rooms, webex
telephony: pbx, trunk, call centre, call center, voip, ivr
servicenow: servicenow
zendesk: zendesk, freshdesk, intercom
hubspot: hubspot, marketo, mailchimp
segmentio: twilio segment, rudderstack, amplitude, mixpanel
tableau: tableau, looker, power bi, powerbi, metabase, superset
databricks: databricks
dbt: dbt
fivetran: fivetran, airbyte
informatica: informatica, talend, ssis
glue: aws glue, glue job
emr: emr
athena: athena
msk: msk
eventbridge: eventbridge
sagemaker: sagemaker
cognito: cognito
appsync: appsync
lightsail: lightsail
beanstalk: beanstalk
transitgateway: transit gateway, direct connect
waflambda: lambda edge
backupaws: aws backup
fsx: fsx
documentdb: documentdb, neptune
opensearchserverless: opensearch serverless
cloudrun: cloud run, cloud functions
spanner: spanner, bigtable, firestore
dataflow: dataflow, dataproc
aks: aks
appservice: app service, azure functions, logic app
servicebus: service bus, event hub, eventhub
azuresql: azure sql, synapse
digitalocean: digitalocean, droplet
hetzner: hetzner, ovh, linode, vultr, scaleway
heroku: heroku, dyno
vercel: vercel, netlify
alibaba: alibaba, aliyun
oci: oracle cloud
ibmmq: ibm mq, websphere, mq queue
tibco: tibco
solace: solace
mulesoft: mulesoft
camunda: camunda, zeebe
temporalio: temporal worker, temporal workflow
weblogic: weblogic, jboss, wildfly
dotnet: dotnet, aspnet
nodejs: nodejs, event loop
golang: golang, goroutine, goroutines
python: gunicorn, uwsgi, django
magento: magento, shopify, woocommerce
wordpress: wordpress, drupal
algolia: algolia, meilisearch, typesense
sphinx: sphinxsearch
timescaledb: timescaledb
questdb: questdb
tidb: tidb, tikv
vitess: vitess, planetscale
yugabyte: yugabyte
arangodb: arangodb
couchbase: couchbase
aerospike: aerospike
ignite: apache ignite, hazelcast
teradata: teradata, vertica, greenplum
sybase: sybase, informix
hbase: hbase
hive: hive, impala
trino: trino, presto
nifi: nifi
storm: apache storm
beam: apache beam
milvus: milvus, qdrant, weaviate, pinecone
llm: llm, litellm, openai, anthropic, vllm, ollama
mlflow: mlflow
blockchain: ethereum, bitcoin, blockchain, graph node
jellyfin: jellyfin, plex
nextcloud: nextcloud, owncloud
mattermost: mattermost, rocketchat
etherpad: etherpad
moodle: moodle
odoo: odoo, netsuite, workday
edi: edi, as2
sftp: sftp, ftp, ftps
autosys: autosys, tivoli
mainframe: mainframe, cics, jcl
swift: swift payment, sepa, ach
payments: paypal, adyen, klarna, braintree, worldpay
fraud: fraud, chargeback
`;
