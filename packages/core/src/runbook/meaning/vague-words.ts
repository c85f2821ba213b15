// The words of instructions that leave open what is meant, in seven languages, with the question that would settle each.
// Read by ambiguities.ts: the first kind that matches asks. A phrase that goes on to say which one ("the logs of api") matches nothing.

export interface Vague {
  /** A word that every phrase of the kind holds; a text without it is not searched. */
  readonly about: RegExp;
  /** One for each way of saying it: compiled together they cost a cold start four times as much. */
  readonly patterns: readonly RegExp[];
  /** What the author is asked. */
  readonly question: string;
  /** Somebody who is named in any way settles it. */
  readonly asksWho: boolean;
}

/** Where the phrase ends without having said which one. */
const END = String.raw`(?=\s*(?:$|[.,;:!?)。、]|\b(?:for (?:any )?(?:errors?|details|issues|clues|more)|and|to (?:see|find|check)|if|again|manually|first)\b))`;
const FIN = String.raw`(?=\s*(?:$|[.,;:!?)]|(?:y|e|et|und|en|para|pour|um|om|per|por si)\s))`;
/** Without the flag for all of Unicode: with it the patterns below take forty milliseconds to compile, a fifth of a cold start. */
const LETTER = "[A-Za-zªµºÀ-ÖØ-öø-ɏ\\u3041-\\u9FFF]";
const NO_LETTER = `(?!${LETTER})`;
/** In Japanese what is meant stands before: nginxのログ. */
const BARE = "(?<![のな`\\w])";

function vague(question: string, about: RegExp, sources: readonly string[], asksWho = false): Vague {
  return { about, patterns: sources.map((source) => new RegExp(source, "i")), question, asksWho };
}

const THINGS =
  "(?:service|services|scheduler|app|application|server|servers|pods?|process|node|instance|worker|workers|job|api|daemon|agent|database|db|container|system|machine|host|component|cluster|broker|proxy|queue|controller|operator|indexer)";
const OPEN =
  "(?:affected|failing|relevant|problematic|broken|offending|faulty|appropriate|corresponding|respective|right|correct|unhealthy)";
const WHOM = "(?:channel|slack channel|team|teams|owner|owners|developers?|vendor|stakeholders?|people|person|customer|customers|users)";

export const VAGUE: readonly Vague[] = [
  vague("Which logs, where, and what to look for?", /log|protokoll|registros|trazas|journaux|ログ/i, [
    String.raw`\b(?:check|review|inspect|look (?:at|in|into|through)|see|examine|read|analy[sz]e|tail|grep) (?:the |your |any )?(?:\w+ )?logs?\b${END}`,
    String.raw`\b(?:revis(?:ar|a|e)|comprobar|comprueb[ae]|mir(?:ar|a|e)|consult(?:ar|a|e)|ver|verific(?:ar|a|e)) (?:los|las) (?:logs|registros|trazas)${NO_LETTER}(?! (?:de|del|en))`,
    String.raw`\b(?:die |das |den )?(?:logs?|protokolle?) (?:prüfen|anschauen|ansehen|kontrollieren|checken|durchsehen)${NO_LETTER}|\b(?:über)?prüfe[n]? (?:sie )?die (?:logs?|protokolle?)${NO_LETTER}(?! (?:von|in|im|unter|auf|der|des))`,
    String.raw`\b(?:vérifi(?:er|ez)|consult(?:er|ez)|regard(?:er|ez)|examin(?:er|ez)) les (?:logs|journaux)(?! (?:de|du|des|dans|sur)|${LETTER})`,
    String.raw`\b(?:verificar|verifique|consultar|consulte|olhar|olhe|checar|ver) os (?:logs|registros)(?! (?:de|do|da|dos|no|na|em)|${LETTER})`,
    String.raw`\b(?:controlla(?:re)?|verifica(?:re)?|guarda(?:re)?|consulta(?:re)?) i log(?! (?:di|del|della|dei|su|in|nel)|${LETTER})`,
    String.raw`\b(?:controleer|bekijk|check|raadpleeg) de log(?:s|boeken|bestanden)?(?! (?:van|in|op)|${LETTER})`,
    String.raw`${BARE}ログを(?:確認|見|調べ|チェック)`,
  ]),
  vague(
    "Which dashboard, and which value is good?",
    /dashboard|metric|graph|monitor|alert|panel|tablero|métricas|gráfic|tableau|painel|cruscotto|ダッシュ/i,
    [
      String.raw`\b(?:check|look at|review|see|consult|open|monitor) the (?:\w+ )?(?:dashboards?|metrics|graphs?|monitoring|alerts?)\b${END}`,
      String.raw`\b(?:revisar?|mirar?|consultar?|comprobar|ver) (?:el|los) (?:dashboard|panel|tablero|paneles|métricas|gráficos?)${FIN}`,
      String.raw`\b(?:das )?(?:dashboard|monitoring) (?:prüfen|ansehen|anschauen|kontrollieren|öffnen)${NO_LETTER}`,
      String.raw`\b(?:vérifier|vérifiez|consulter|consultez|regarder|ouvrir) le (?:tableau de bord|dashboard|monitoring)${FIN}`,
      String.raw`\b(?:verificar|verifique|consultar|olhar|abrir) o (?:painel|dashboard|monitoramento)${FIN}`,
      String.raw`\b(?:controlla(?:re)?|verifica(?:re)?|apri(?:re)?|guarda(?:re)?) (?:la|il) (?:dashboard|cruscotto|monitoraggio)${FIN}`,
      String.raw`\b(?:controleer|bekijk|open) het (?:dashboard|monitoring)${FIN}`,
      String.raw`${BARE}ダッシュボードを(?:確認|見|開)`,
    ],
  ),
  vague(
    "Which one, and by which command?",
    /start|boot|bounce|recycle|kill|stop|deploy|reload|delete|drain|cordon|remove|replace|scale|fail over|isolate|disable|patch|roll|recover|evict|reschedule|rebuild|reinici|parar|detener|redémarr|relanc|riavvia|再起動|停止/i,
    [
      String.raw`\b(?:restart|reboot|bounce|recycle|kill|stop|start|redeploy|reload) (?:the |this |that |any )(?:${OPEN} )?${THINGS}\b${END}`,
      String.raw`\b(?:delete|drain|cordon|remove|replace|scale(?: up| down)?|fail over|isolate|disable|patch|roll ?back|recover|evict|reschedule|rebuild) (?:the |any )?${OPEN} ${THINGS}\b${END}`,
      String.raw`\b(?:reinici(?:ar|a|e)|parar|detener) (?:el|la|los|las) (?:servicios?|servidor|servidores|aplicación|pods?|nodos?|procesos?|máquina|contenedor)${FIN}`,
      String.raw`\b(?:den |die |das |betroffene[ns]? )*(?:dienste?|service|server|anwendung|app|pods?|prozess|knoten|rechner|container) (?:neu ?starten|durchstarten|stoppen)${NO_LETTER}|\bstarte[n]? (?:sie )?(?:den|die|das) (?:dienst|service|server|anwendung|pod|knoten) neu${NO_LETTER}`,
      String.raw`\b(?:redémarr(?:er|ez)|relanc(?:er|ez)) (?:le |la |les |l['’])(?:services?|serveurs?|application|pods?|processus|machine|nœud|conteneur)${FIN}`,
      String.raw`\breinici(?:ar|e) (?:o|a|os|as) (?:serviços?|servidor|aplicação|pods?|nós?|processos?|máquina|contêiner)${FIN}`,
      String.raw`\briavvia(?:re)? (?:il |lo |la |i |l['’])(?:servizi?o?|server|applicazione|pods?|processo|macchina|nodo|container)${FIN}`,
      String.raw`\bherstart (?:de|het) (?:service|dienst|server|applicatie|pods?|proces|machine|node|container)${FIN}`,
      String.raw`${BARE}(?:サービス|サーバー?|アプリ(?:ケーション)?|ポッド|ノード|プロセス)を(?:再起動|停止)`,
    ],
  ),
  vague(
    "Which channel, team or person, and how are they reached?",
    /channel|team|owner|developer|vendor|stakeholder|people|person|customer|user|contact|notify|inform|escalate|page|reach|equipo|responsable|client|proveedor|usuario|kollegen|verantwortlich|zuständig|kunde|fachbereich|équipe|utilisateur|equipe|time|responsáve|squadra|responsabil|utenti|verantwoordelijk|klant|beheerder|gebruiker|チーム|担当者|関係者/i,
    [
      String.raw`\b(?:post|announce|write|message|tell|notify|inform|ask|contact|alert|page|ping|escalate to|reach out to|talk to)\b(?: \w+){0,3} (?:in |to |on |with )?(?:the|your) (?:relevant |appropriate |responsible |right |correct |owning )?${WHOM}\b${END}`,
      String.raw`\b(?:contact|notify|inform|escalate to|page|reach out to) (?:the )?(?:relevant|appropriate|responsible|right|correct|owning) \w+`,
      String.raw`\b(?:avis(?:ar|a|e)|inform(?:ar|a|e)|contact(?:ar|a|e)|notific(?:ar|a)|escalar) (?:a |al? |con )?(?:el |la |los )?(?:equipos?|responsables?|clientes?|proveedor|usuarios)${FIN}`,
      String.raw`\b(?:das |dem |den |die )?(?:team|kollegen|verantwortlichen?|zuständigen?|kunden?|fachbereich) (?:informieren|benachrichtigen|kontaktieren|anrufen|verständigen)${NO_LETTER}|\binformiere[n]? (?:sie )?(?:das|die|den) (?:team|kollegen|verantwortlichen|kunden)${FIN}`,
      String.raw`\b(?:préven(?:ir|ez)|inform(?:er|ez)|contact(?:er|ez)|avert(?:ir|issez)) (?:le |la |les |l['’])(?:équipe|responsables?|clients?|utilisateurs)${FIN}`,
      String.raw`\b(?:avis(?:ar|e)|inform(?:ar|e)|contat(?:ar|e)|notific?(?:ar|que)) (?:a|o|os) (?:equipe|time|responsáve(?:l|is)|clientes?|usuários)${FIN}`,
      String.raw`\b(?:avvisa(?:re)?|informa(?:re)?|contatta(?:re)?) (?:il |la |i |gli )(?:team|squadra|responsabil[ei]|client[ei]|utenti)${FIN}`,
      String.raw`\b(?:informeer|waarschuw|contacteer|bel) (?:het|de) (?:team|verantwoordelijken?|klant|beheerder|gebruikers)${FIN}`,
      String.raw`${BARE}(?:チーム|担当者|関係者)(?:に|へ)(?:連絡|報告|通知)`,
    ],
    true,
  ),
  vague("Which script, and where does it lie?", /s[ck]ript|スクリプト/i, [
    String.raw`\b(?:run|execute|use|start) the (?:\w+ )?script\b(?! (?:in|at|from|under|called|named))`,
    String.raw`\b(?:ejecut(?:ar|a|e)|lanzar) el script${FIN}|\bdas skript (?:ausführen|starten|aufrufen)|\b(?:exécut(?:er|ez)|lanc(?:er|ez)) le script${FIN}|\b(?:executar|execute|rodar|rode) o script${FIN}|\b(?:esegui(?:re)?|lancia(?:re)?) lo script${FIN}|\bvoer het script uit|${BARE}スクリプトを実行`,
  ]),
  vague(
    "How is it fixed, and how does one see that it is?",
    /proble|issue|error|cause|fault|causa|incidencia|fehler|ursache|störung|problème|erreur|erro|probleem|問題/i,
    [
      String.raw`\b(?:fix|solve|resolve|address|correct|repair) the (?:\w+ )?(?:problem|issue|error|cause|root cause|fault)s?\b${END}`,
      String.raw`\b(?:solucionar|resolver|arreglar|corregir) (?:el|la) (?:problema|error|causa|incidencia)${FIN}|\b(?:das |den |die )?(?:problem|fehler|ursache|störung) (?:beheben|lösen|beseitigen)${NO_LETTER}|\b(?:résoudre|corriger|régler) (?:le |la |l['’])(?:problème|erreur|cause)${FIN}|\b(?:resolver|corrigir) o (?:problema|erro)${FIN}|\b(?:risolvere|correggere) (?:il |l['’])(?:problema|errore)${FIN}|\blos het probleem op|${BARE}問題を(?:解決|修正)`,
    ],
  ),
  vague("What is to be looked at, and what does it decide?", /investig|ursache|analyser|indagare|onderzoek|原因/i, [
    String.raw`^(?:then |please )?investigate(?: (?:further|the (?:issue|problem|cause|root cause|alert)))?\s*(?:[.:!]|$)`,
    String.raw`^(?:investigar(?: (?:la causa|el problema|o problema|a causa))?|(?:die )?ursache (?:untersuchen|ermitteln|suchen)|(?:investiguer|analyser(?: la cause| le problème)?)|(?:indagare|investigare)(?: sul problema| la causa)?|onderzoek (?:de oorzaak|het probleem)|原因を(?:調査|調べ)${LETTER}*)\s*(?:[.:!。]|$)`,
  ]),
  vague(
    "What decides whether it is needed?",
    /(?:as|if) (?:needed|appropriate|necessary|required)|necesario|corresponda|bedarf|nötig|erforderlich|nécessaire|besoin|necessário|necessario|occorrenza|nodig|必要/i,
    [
      String.raw`\b(?:as (?:needed|appropriate|necessary|required)|if (?:needed|necessary|appropriate|required))\s*[.!]?$`,
      String.raw`\b(?:si es necesario|según (?:sea necesario|corresponda)|bei bedarf|falls (?:nötig|erforderlich)|wenn nötig|si nécessaire|au besoin|se necessário|conforme necessário|se necessario|all['’]occorrenza|indien nodig|zo nodig)\s*[.!]?$|^(?:bei bedarf|必要に応じて)|必要に応じて`,
    ],
  ),
  vague("What exactly shows that it works?", /everything|todo|alles|tout|tudo|tutto|すべて/i, [
    String.raw`\b(?:make sure|verify|check|confirm|ensure)(?: that)? everything (?:works|is (?:ok|okay|fine|working|good|up|back))\b`,
    String.raw`\b(?:comprobar|verificar) que todo (?:funcion${LETTER}+|está (?:bien|ok))|\bprüfen?,? (?:ob|dass) alles (?:läuft|funktioniert|geht|in ordnung ist)|\bvérifi(?:er|ez) que tout (?:fonctionne|marche|va bien|est ok)|\bverificar se tudo (?:funciona|está (?:bem|ok|funcionando))|\bverificare che tutto (?:funzioni|sia a posto)|\bcontroleer of alles (?:werkt|goed is|in orde is)|すべて(?:正常|問題な)`,
  ]),
];
