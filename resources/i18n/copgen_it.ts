<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
    <context>
        <name>CopGen</name>
        <message>
            <source>{layer}: the area has {width} by {height} pixels, at most {largest} a side; choose a smaller area.</source>
            <translation>{layer}: l'area ha {width} per {height} pixel, al massimo {largest} per lato; scegliere un'area più piccola.</translation>
        </message>
        <message>
            <source>{layer}: its pixels could not be exported; see whether QGIS shows the layer there.</source>
            <translation>{layer}: i suoi pixel non sono stati esportati; verificare che QGIS mostri il layer in quel punto.</translation>
        </message>
        <message>
            <source>{layer}: a map service covers no area of its own; choose an area.</source>
            <translation>{layer}: un servizio di mappe non ha un'area propria; scegliere un'area.</translation>
        </message>
        <message>
            <source>The area cannot be measured in {crs}; choose another.</source>
            <translation>L'area non può essere misurata in {crs}; sceglierne un'altra.</translation>
        </message>
        <message>
            <source>Exporting {layer}</source>
            <translation>Esportazione di {layer}</translation>
        </message>
        <message>
            <source>{layer}: the layer does not cover the chosen area.</source>
            <translation>{layer}: il layer non copre l'area scelta.</translation>
        </message>
        <message>
            <source>{layer}: its pixels cannot be read.</source>
            <translation>{layer}: i suoi pixel non possono essere letti.</translation>
        </message>
        <message>
            <source>{layer}: the export was cancelled.</source>
            <translation>{layer}: l'esportazione è stata annullata.</translation>
        </message>
        <message>
            <source>its no-data values are set in QGIS and are more than one</source>
            <translation>i suoi valori nodata sono impostati in QGIS e sono più di uno</translation>
        </message>
        <message>
            <source>its no-data value is set in QGIS, and its numbers are scaled</source>
            <translation>il suo valore nodata è impostato in QGIS e i suoi numeri sono scalati</translation>
        </message>
        <message>
            <source>{layer}: its bands have no no-data value in common; set one for all of them in its properties.</source>
            <translation>{layer}: le sue bande non hanno un valore nodata in comune; impostarne uno per tutte nelle proprietà.</translation>
        </message>
        <message>
            <source>{layer}: its no-data values cannot be applied.</source>
            <translation>{layer}: i suoi valori nodata non possono essere applicati.</translation>
        </message>
        <message>
            <source>{folder}: results cannot be written there; choose another folder in the settings.</source>
            <translation>{folder}: impossibile scrivervi i risultati; scegliere un'altra cartella nelle impostazioni.</translation>
        </message>
        <message>
            <source>{count} finished result(s) are kept in {folder}; add them as layers from there, or remove them.</source>
            <translation>{count} risultato/i finito/i conservato/i in {folder}; aggiungerli come layer da lì, oppure eliminarli.</translation>
        </message>
        <message>
            <source>Synthetic pixels: a generative model drew them; nothing was measured here. Model {model}, seed {seed}, {steps} steps, from {conditions}.</source>
            <translation>Pixel sintetici: disegnati da un modello generativo; qui nulla è stato misurato. Modello {model}, seme {seed}, {steps} passi, da {conditions}.</translation>
        </message>
        <message>
            <source>DEM hillshade</source>
            <translation>Ombreggiatura DEM</translation>
        </message>
        <message>
            <source>Sentinel-1 RTC</source>
            <translation>Sentinel-1 RTC</translation>
        </message>
        <message>
            <source>Sentinel-2 L1C</source>
            <translation>Sentinel-2 L1C</translation>
        </message>
        <message>
            <source>Sentinel-2 L2A</source>
            <translation>Sentinel-2 L2A</translation>
        </message>
        <message>
            <source>{path}: this result cannot be opened; it was moved, deleted or damaged.</source>
            <translation>{path}: questo risultato non può essere aperto; è stato spostato, eliminato o danneggiato.</translation>
        </message>
        <message>
            <source>{name} (synthetic)</source>
            <translation>{name} (sintetico)</translation>
        </message>
        <message>
            <source>DEM {product}</source>
            <translation>DEM {product}</translation>
        </message>
        <message>
            <source>{name}, sample {number} (synthetic)</source>
            <translation>{name}, campione {number} (sintetico)</translation>
        </message>
        <message>
            <source>synthetic</source>
            <translation>sintetico</translation>
        </message>
        <message>
            <source>no condition</source>
            <translation>nessuna condizione</translation>
        </message>
        <message>
            <source>{layer}: the layer has no coordinate reference system; assign one in its properties.</source>
            <translation>{layer}: il layer non ha un sistema di riferimento; assegnarne uno nelle sue proprietà.</translation>
        </message>
        <message>
            <source>{layer}: the layer covers no area; give a georeferenced raster.</source>
            <translation>{layer}: il layer non copre alcuna superficie; fornire un raster georeferenziato.</translation>
        </message>
        <message>
            <source>{layer}: its extent, {east:g} by {north:g} degrees, is no place on Earth, as of a raster that has ground control points but no georeference; warp it first, for example with the Georeferencer.</source>
            <translation>{layer}: la sua estensione di {east:g} per {north:g} gradi non è un luogo sulla Terra, come per un raster con punti di controllo ma senza georeferenza; raddrizzarlo prima, per esempio con il Georeferenziatore.</translation>
        </message>
        <message>
            <source>{layer}: the layer is not valid; its file is missing or damaged.</source>
            <translation>{layer}: il layer non è valido; il suo file manca o è danneggiato.</translation>
        </message>
        <message>
            <source>it does not lie in a file</source>
            <translation>non si trova in un file</translation>
        </message>
        <message>
            <source>it needs a login that QGIS keeps</source>
            <translation>richiede un accesso che QGIS custodisce</translation>
        </message>
        <message>
            <source>the model runtime does not read this format</source>
            <translation>l'ambiente dei modelli non legge questo formato</translation>
        </message>
        <message>
            <source>it was opened with options that cannot be handed on</source>
            <translation>è stato aperto con opzioni che non si possono trasmettere</translation>
        </message>
        <message>
            <source>{layer}: its pixels must be exported first.</source>
            <translation>{layer}: i suoi pixel devono prima essere esportati.</translation>
        </message>
        <message>
            <source>Generate missing modalities…</source>
            <translation>Genera le modalità mancanti…</translation>
        </message>
        <message>
            <source>Open the COP-GEN panel with the selected layers as conditions</source>
            <translation>Apre il pannello COP-GEN con i layer selezionati come condizioni</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>Modelli…</translation>
        </message>
        <message>
            <source>Download, check and remove models</source>
            <translation>Scaricare, controllare e rimuovere modelli</translation>
        </message>
        <message>
            <source>Environment of the models…</source>
            <translation>Ambiente dei modelli…</translation>
        </message>
        <message>
            <source>Set up, test, update or remove the Python environment that the models run in</source>
            <translation>Installare, verificare, aggiornare o rimuovere l'ambiente Python in cui girano i modelli</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Primi passi</translation>
        </message>
        <message>
            <source>From the set-up to a first picture</source>
            <translation>Dall'installazione a una prima immagine</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>Avanzate</translation>
        </message>
        <message>
            <source>The fast solver is tried on the embedded model only: on the published one it is unverified.</source>
            <translation>Il metodo veloce è provato solo sul modello integrato: su quello pubblicato non è verificato.</translation>
        </message>
        <message>
            <source>as the preset says</source>
            <translation>come da preimpostazione</translation>
        </message>
        <message>
            <source>Another seed</source>
            <translation>Un altro seme</translation>
        </message>
        <message>
            <source>Results of projects without a folder of their own go there</source>
            <translation>Lì vanno i risultati dei progetti senza una cartella propria</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatico</translation>
        </message>
        <message>
            <source>As the model says</source>
            <translation>Come prevede il modello</translation>
        </message>
        <message>
            <source>Published: 50 steps</source>
            <translation>Pubblicato: 50 passi</translation>
        </message>
        <message>
            <source>Fast: 8 to 10 steps</source>
            <translation>Veloce: da 8 a 10 passi</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Cartella</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Preimpostazione</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Passi</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>Campioni</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seme</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Dispositivo</translation>
        </message>
        <message>
            <source>{layer}: the chosen area does not exist in its coordinate reference system.</source>
            <translation>{layer}: l'area scelta non esiste nel suo sistema di riferimento.</translation>
        </message>
        <message>
            <source>The map shows no area; choose another area.</source>
            <translation>La mappa non mostra alcuna area; scegliere un'altra area.</translation>
        </message>
        <message>
            <source>Draw a rectangle on the map, or choose another area.</source>
            <translation>Disegnare un rettangolo sulla mappa o scegliere un'altra area.</translation>
        </message>
        <message>
            <source>Choose a polygon layer, or another area.</source>
            <translation>Scegliere un layer di poligoni o un'altra area.</translation>
        </message>
        <message>
            <source>{layer}: the layer holds no polygon.</source>
            <translation>{layer}: il layer non contiene poligoni.</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Area</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Disegna</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map</source>
            <translation>Tracciare un rettangolo sulla mappa</translation>
        </message>
        <message>
            <source>Polygon layer</source>
            <translation>Layer di poligoni</translation>
        </message>
        <message>
            <source>Choose a polygon layer</source>
            <translation>Scegliere un layer di poligoni</translation>
        </message>
        <message>
            <source>Whole layer</source>
            <translation>Intero layer</translation>
        </message>
        <message>
            <source>What the map shows</source>
            <translation>Ciò che mostra la mappa</translation>
        </message>
        <message>
            <source>Drawn rectangle</source>
            <translation>Rettangolo disegnato</translation>
        </message>
        <message>
            <source>Polygons of a layer</source>
            <translation>Poligoni di un layer</translation>
        </message>
        <message>
            <source>No rectangle is drawn yet.</source>
            <translation>Nessun rettangolo ancora disegnato.</translation>
        </message>
        <message>
            <source>Choose a raster layer</source>
            <translation>Scegliere un layer raster</translation>
        </message>
        <message>
            <source>Layer of the condition</source>
            <translation>Layer della condizione</translation>
        </message>
        <message>
            <source>Remove this condition</source>
            <translation>Rimuovere questa condizione</translation>
        </message>
        <message>
            <source>What the layer shows</source>
            <translation>Che cosa mostra il layer</translation>
        </message>
        <message>
            <source>What is it?</source>
            <translation>Che cos'è?</translation>
        </message>
        <message>
            <source>Correct</source>
            <translation>Correggi</translation>
        </message>
        <message>
            <source>Set bands, encoding and offset yourself</source>
            <translation>Impostare da sé bande, codifica e scostamento</translation>
        </message>
        <message>
            <source>&amp;Add</source>
            <translation>A&amp;ggiungi</translation>
        </message>
        <message>
            <source>Add a layer as another condition</source>
            <translation>Aggiungere un layer come altra condizione</translation>
        </message>
        <message>
            <source>Conditions</source>
            <translation>Condizioni</translation>
        </message>
        <message>
            <source>Encoding</source>
            <translation>Codifica</translation>
        </message>
        <message>
            <source>Added to the stored numbers before anything else: −1000 for Sentinel-2 since baseline 04.00, else 0.</source>
            <translation>Aggiunto ai numeri memorizzati prima di tutto: −1000 per Sentinel-2 dalla baseline 04.00, altrimenti 0.</translation>
        </message>
        <message>
            <source>Offset</source>
            <translation>Scostamento</translation>
        </message>
        <message>
            <source>band {number}</source>
            <translation>banda {number}</translation>
        </message>
        <message>
            <source>Add to this project</source>
            <translation>Aggiungi a questo progetto</translation>
        </message>
        <message>
            <source>Done, but its project was closed; the files are in {folder}.</source>
            <translation>Fatto, ma il suo progetto è stato chiuso; i file sono in {folder}.</translation>
        </message>
        <message>
            <source>Done in {time}. The pixels are synthetic.</source>
            <translation>Fatto in {time}. I pixel sono sintetici.</translation>
        </message>
        <message>
            <source>The files are in {folder}.</source>
            <translation>I file sono in {folder}.</translation>
        </message>
        <message>
            <source>Looking at the layers…</source>
            <translation>Esame dei layer…</translation>
        </message>
        <message>
            <source>Choose the Python of the models' environment</source>
            <translation>Scegliere il Python dell'ambiente dei modelli</translation>
        </message>
        <message>
            <source>One click</source>
            <translation>Un clic</translation>
        </message>
        <message>
            <source>Set up the models' environment</source>
            <translation>Installare l'ambiente dei modelli</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Installa…</translation>
        </message>
        <message>
            <source>If you like, download the published model</source>
            <translation>Se vuole, scaricare il modello pubblicato</translation>
        </message>
        <message>
            <source>Try it</source>
            <translation>Provare</translation>
        </message>
        <message>
            <source>Bundled scene (simulated)</source>
            <translation>Scena inclusa (simulata)</translation>
        </message>
        <message>
            <source>Generating the hillshade of the bundled scene…</source>
            <translation>Generazione dell'ombreggiatura della scena inclusa…</translation>
        </message>
        <message>
            <source>Try it on the bundled scene</source>
            <translation>Provarlo sulla scena inclusa</translation>
        </message>
        <message>
            <source>Setting up the models' environment…</source>
            <translation>Installazione dell'ambiente dei modelli…</translation>
        </message>
        <message>
            <source>Show…</source>
            <translation>Mostra…</translation>
        </message>
        <message>
            <source>Finish setting up the models' environment</source>
            <translation>Completare l'installazione dell'ambiente dei modelli</translation>
        </message>
        <message>
            <source>Go on…</source>
            <translation>Continua…</translation>
        </message>
        <message>
            <source>Close; “First steps” in the menu Raster, COP-GEN brings them back.</source>
            <translation>Chiudi; “Primi passi” nel menu Raster, COP-GEN li riporta.</translation>
        </message>
        <message>
            <source>Close the first steps</source>
            <translation>Chiudere i primi passi</translation>
        </message>
        <message>
            <source>All set. Choose a layer of your own below.</source>
            <translation>Tutto pronto. Scelga sotto un layer proprio.</translation>
        </message>
        <message>
            <source>done</source>
            <translation>fatto</translation>
        </message>
        <message>
            <source>Last runs</source>
            <translation>Ultime esecuzioni</translation>
        </message>
        <message>
            <source>Run aga&amp;in</source>
            <translation>R&amp;ipeti</translation>
        </message>
        <message>
            <source>New seed</source>
            <translation>Nuovo seme</translation>
        </message>
        <message>
            <source>Show se&amp;ttings</source>
            <translation>Impos&amp;tazioni</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Registro</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>seme {seed}</translation>
        </message>
        <message>
            <source>Generate DEM from S2</source>
            <translation>Genera DEM da S2</translation>
        </message>
        <message>
            <source>Atmospheric correction (L1C to L2A)</source>
            <translation>Correzione atmosferica (da L1C a L2A)</translation>
        </message>
        <message>
            <source>L1C from L2A</source>
            <translation>L1C da L2A</translation>
        </message>
        <message>
            <source>S1 from S2</source>
            <translation>S1 da S2</translation>
        </message>
        <message>
            <source>S2 from S1</source>
            <translation>S2 da S1</translation>
        </message>
        <message>
            <source>Generate a synthetic hillshade picture from the selected Sentinel-2 layer</source>
            <translation>Genera un'immagine di ombreggiatura sintetica dal layer Sentinel-2 selezionato</translation>
        </message>
        <message>
            <source>Generate synthetic surface reflectance (L2A) from the selected L1C layer</source>
            <translation>Genera riflettanza al suolo sintetica (L2A) dal layer L1C selezionato</translation>
        </message>
        <message>
            <source>Generate synthetic top-of-atmosphere pixels (L1C) from the selected L2A layer</source>
            <translation>Genera pixel sintetici al limite dell'atmosfera (L1C) dal layer L2A selezionato</translation>
        </message>
        <message>
            <source>Generate a synthetic Sentinel-1 picture from the selected Sentinel-2 layer</source>
            <translation>Genera un'immagine Sentinel-1 sintetica dal layer Sentinel-2 selezionato</translation>
        </message>
        <message>
            <source>Generate a synthetic Sentinel-2 picture from the selected Sentinel-1 layer</source>
            <translation>Genera un'immagine Sentinel-2 sintetica dal layer Sentinel-1 selezionato</translation>
        </message>
        <message>
            <source>Select a raster layer, then choose “{task}” again.</source>
            <translation>Selezionare un layer raster, poi scegliere di nuovo «{task}».</translation>
        </message>
        <message>
            <source>“{layer}” looks like {modality}, and this needs {needed}. Correct that if it is wrong.</source>
            <translation>«{layer}» sembra {modality}, e qui serve {needed}. Correggere se è sbagliato.</translation>
        </message>
        <message>
            <source>Say what “{layer}” is, then generate.</source>
            <translation>Indicare che cos'è «{layer}», poi generare.</translation>
        </message>
        <message>
            <source>“{layer}” looks like {modality} already. Correct that if it is wrong, then generate.</source>
            <translation>«{layer}» sembra già {modality}. Correggere se è sbagliato, poi generare.</translation>
        </message>
        <message>
            <source>Choose a raster layer for every condition.</source>
            <translation>Scegliere un layer raster per ogni condizione.</translation>
        </message>
        <message>
            <source>Two layers are given as {modality}; correct what one of them is, or remove it.</source>
            <translation>Due layer sono indicati come {modality}; correggere che cos'è uno dei due, o rimuoverlo.</translation>
        </message>
        <message>
            <source>The layers given as {modality} are corrected differently; correct all of them alike.</source>
            <translation>I layer indicati come {modality} sono corretti in modo diverso; correggeteli tutti allo stesso modo.</translation>
        </message>
        <message>
            <source>The export of the layers was cancelled.</source>
            <translation>L'esportazione dei layer è stata annullata.</translation>
        </message>
        <message>
            <source>Say what every layer is.</source>
            <translation>Indicare che cos'è ogni layer.</translation>
        </message>
        <message>
            <source>Choose all bands of a layer, or none.</source>
            <translation>Scegliere tutte le bande di un layer, o nessuna.</translation>
        </message>
        <message>
            <source>Choose what to generate.</source>
            <translation>Scegliere che cosa generare.</translation>
        </message>
        <message>
            <source>Will be exported first: {reason}.</source>
            <translation>Verrà prima esportato: {reason}.</translation>
        </message>
        <message>
            <source>{what} from {layer}</source>
            <translation>{what} da {layer}</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Annullato.</translation>
        </message>
        <message>
            <source>R&amp;un</source>
            <translation>Eseg&amp;ui</translation>
        </message>
        <message>
            <source>Ca&amp;ncel</source>
            <translation>A&amp;nnulla</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Avanzamento</translation>
        </message>
        <message>
            <source>Cancelling</source>
            <translation>Annullamento</translation>
        </message>
        <message>
            <source>Waiting for its turn</source>
            <translation>In attesa del proprio turno</translation>
        </message>
        <message>
            <source>Preview: {modality}</source>
            <translation>Anteprima: {modality}</translation>
        </message>
        <message>
            <source>{modality} as it denoises</source>
            <translation>{modality} durante la rimozione del rumore</translation>
        </message>
        <message>
            <source>{count} waiting</source>
            <translation>{count} in attesa</translation>
        </message>
        <message>
            <source>Set &amp;up…</source>
            <translation>&amp;Installa…</translation>
        </message>
        <message>
            <source>Choose its P&amp;ython…</source>
            <translation>Scegli il suo P&amp;ython…</translation>
        </message>
        <message>
            <source>Start a&amp;gain</source>
            <translation>R&amp;iavvia</translation>
        </message>
        <message>
            <source>Show the set-&amp;up…</source>
            <translation>Mostra l'&amp;installazione…</translation>
        </message>
        <message>
            <source>The models' environment is not set up yet.</source>
            <translation>L'ambiente dei modelli non è ancora installato.</translation>
        </message>
        <message>
            <source>Settings of the run</source>
            <translation>Impostazioni dell'esecuzione</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modello</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelli</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>Generare</translation>
        </message>
        <message>
            <source>Given as a condition</source>
            <translation>Data come condizione</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>sconosciuto</translation>
        </message>
        <message>
            <source>1 chip</source>
            <translation>1 riquadro</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} h {minutes} min</translation>
        </message>
        <message>
            <source>{size} MB</source>
            <translation>{size} MB</translation>
        </message>
        <message>
            <source>{seconds} s per chip</source>
            <translation>{seconds} s per riquadro</translation>
        </message>
        <message>
            <source>Band {bands}</source>
            <translation>Banda {bands}</translation>
        </message>
        <message>
            <source>Bands {bands}</source>
            <translation>Bande {bands}</translation>
        </message>
        <message>
            <source>{stage} · about {time} left</source>
            <translation>{stage} · restano circa {time}</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
        <message>
            <source>{size} GB</source>
            <translation>{size} GB</translation>
        </message>
        <message>
            <source>{count} chips</source>
            <translation>{count} riquadri</translation>
        </message>
        <message>
            <source>time known after a first run</source>
            <translation>tempo noto dopo una prima esecuzione</translation>
        </message>
        <message>
            <source>The device is known once the runtime has started.</source>
            <translation>Il dispositivo è noto quando i modelli sono avviati.</translation>
        </message>
        <message>
            <source>{memory} of memory</source>
            <translation>{memory} di memoria</translation>
        </message>
        <message>
            <source>Condition {modality}: {path}</source>
            <translation>Condizione {modality}: {path}</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>circa {time}</translation>
        </message>
        <message>
            <source>offset {offset}</source>
            <translation>scostamento {offset}</translation>
        </message>
        <message>
            <source>{name} used: {value}</source>
            <translation>{name} usato: {value}</translation>
        </message>
        <message>
            <source>{modality} is both an input and to be generated; leave one out.</source>
            <translation>{modality} è sia un ingresso sia da generare; toglierne uno.</translation>
        </message>
        <message>
            <source>Temporary results go when QGIS is closed; export the layers to keep them.</source>
            <translation>I risultati temporanei spariscono alla chiusura di QGIS; esportare i layer per conservarli.</translation>
        </message>
        <message>
            <source>The result is synthetic: a generative model draws what is plausible. Nothing in it was measured; do not use it as evidence. Another seed draws another answer.</source>
            <translation>Il risultato è sintetico: un modello generativo disegna ciò che è plausibile. Nulla è stato misurato; non usarlo come prova. Un altro seme disegna un'altra risposta.</translation>
        </message>
        <message>
            <source>synthetic,generate,satellite,elevation,hillshade,radar</source>
            <translation>sintetico,generare,satellite,quota,ombreggiatura,radar</translation>
        </message>
        <message>
            <source>Model that was used</source>
            <translation>Modello usato</translation>
        </message>
        <message>
            <source>Device that was used</source>
            <translation>Dispositivo usato</translation>
        </message>
        <message>
            <source>Cancelled; nothing was written.</source>
            <translation>Annullato; nulla è stato scritto.</translation>
        </message>
        <message>
            <source>{folder}: nothing there is called {pattern}; choose another folder or pattern.</source>
            <translation>{folder}: nulla vi si chiama {pattern}; scegliere un'altra cartella o un altro modello di nome.</translation>
        </message>
        <message>
            <source>Generate for a folder or a tile index</source>
            <translation>Generare per una cartella o un indice di riquadri</translation>
        </message>
        <message>
            <source>Runs through all rasters of a folder, or through all polygons of a tile index over one raster, with the model loaded once. What fails is told and passed over. The results are called name_modality.tif.</source>
            <translation>Percorre tutti i raster di una cartella, o tutti i poligoni di un indice di riquadri su un raster, caricando il modello una sola volta. Ciò che fallisce viene segnalato e saltato. I risultati si chiamano name_modality.tif.</translation>
        </message>
        <message>
            <source>{layer}: {reason}; save it as a GeoTIFF first.</source>
            <translation>{layer}: {reason}; salvarlo prima come GeoTIFF.</translation>
        </message>
        <message>
            <source>Names in the folder</source>
            <translation>Nomi nella cartella</translation>
        </message>
        <message>
            <source>Tile index (polygons)</source>
            <translation>Indice di riquadri (poligoni)</translation>
        </message>
        <message>
            <source>Field with the tiles' names</source>
            <translation>Campo con i nomi dei riquadri</translation>
        </message>
        <message>
            <source>{path} is open as a layer; remove the layer or choose another folder.</source>
            <translation>{path} è aperto come layer; rimuovere il layer o scegliere un'altra cartella.</translation>
        </message>
        <message>
            <source>Folder of rasters</source>
            <translation>Cartella di raster</translation>
        </message>
        <message>
            <source>With * and ?; **/*.tif takes subfolders too. Each raster may cover 4,000 by 4,000 pixels of 10 m at most.</source>
            <translation>Con * e ?; **/*.tif include anche le sottocartelle. Ogni raster può coprire al massimo 4.000 per 4.000 pixel di 10 m.</translation>
        </message>
        <message>
            <source>Raster for the tile index</source>
            <translation>Raster per l'indice di riquadri</translation>
        </message>
        <message>
            <source>What the inputs show</source>
            <translation>Che cosa mostrano gli ingressi</translation>
        </message>
        <message>
            <source>To generate</source>
            <translation>Da generare</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Bande</translation>
        </message>
        <message>
            <source>Folder for the results</source>
            <translation>Cartella per i risultati</translation>
        </message>
        <message>
            <source>Files that were written</source>
            <translation>File scritti</translation>
        </message>
        <message>
            <source>Names of what failed</source>
            <translation>Nomi di ciò che è fallito</translation>
        </message>
        <message>
            <source>Give a folder of rasters, or a tile index and its raster.</source>
            <translation>Fornire una cartella di raster, oppure un indice di riquadri e il suo raster.</translation>
        </message>
        <message>
            <source>The folder is temporary and goes when QGIS is closed; copy what you need.</source>
            <translation>La cartella è temporanea e scompare alla chiusura di QGIS; copiate ciò che vi serve.</translation>
        </message>
        <message>
            <source>{path} is there already; remove it or choose another folder.</source>
            <translation>{path} esiste già; rimuoverlo o scegliere un'altra cartella.</translation>
        </message>
        <message>
            <source>Cancelled; what was written before stays: {files}</source>
            <translation>Annullato; ciò che è stato scritto prima resta: {files}</translation>
        </message>
        <message>
            <source>Draws the terrain that a Sentinel-2 scene shows, as a hillshade lit from the north-west: a picture of relief in grey levels, no elevations in metres. The result lies on the input's pixels.</source>
            <translation>Disegna il terreno mostrato da una scena Sentinel-2 come ombreggiatura con luce da nord-ovest: un'immagine del rilievo in livelli di grigio, non quote in metri. Il risultato giace sui pixel dell'ingresso.</translation>
        </message>
        <message>
            <source>{name}: {path} is no GeoTIFF; results carry tags that mark them as synthetic, so end it in .tif.</source>
            <translation>{name}: {path} non è un GeoTIFF; i risultati portano etichette che li indicano come sintetici, quindi deve terminare in .tif.</translation>
        </message>
        <message>
            <source>{name}: {path} is open as a layer; remove the layer or choose another name.</source>
            <translation>{name}: {path} è aperto come layer; rimuovere il layer o scegliere un altro nome.</translation>
        </message>
        <message>
            <source>{name}: {folder} may not be written to; choose another folder.</source>
            <translation>{name}: non è permesso scrivere in {folder}; scegliere un'altra cartella.</translation>
        </message>
        <message>
            <source>{folder}: cannot be written to ({reason}); choose another folder.</source>
            <translation>{folder}: impossibile scrivervi ({reason}); scegliere un'altra cartella.</translation>
        </message>
        <message>
            <source>{path}: cannot be written ({reason}); choose another destination.</source>
            <translation>{path}: impossibile scriverlo ({reason}); scegliere un'altra destinazione.</translation>
        </message>
        <message>
            <source>{name}: {path} is the destination of another result too; choose another name.</source>
            <translation>{name}: {path} è già la destinazione di un altro risultato; scegliere un altro nome.</translation>
        </message>
        <message>
            <source>{name}: {path} is an input; choose another name.</source>
            <translation>{name}: {path} è un ingresso; scegliere un altro nome.</translation>
        </message>
        <message>
            <source>{name}: {path} is a folder; name a file in it.</source>
            <translation>{name}: {path} è una cartella; indicare un file al suo interno.</translation>
        </message>
        <message>
            <source>{layer} is exported first: {reason}.</source>
            <translation>{layer} viene prima esportato: {reason}.</translation>
        </message>
        <message>
            <source>{layer}: the area lies where its coordinate reference system has no coordinates.</source>
            <translation>{layer}: l'area si trova dove il suo sistema di riferimento non ha coordinate.</translation>
        </message>
        <message>
            <source>Export a model to ONNX</source>
            <translation>Esporta un modello in ONNX</translation>
        </message>
        <message>
            <source>Writes a model into a folder of its own, with ONNX graphs of its transformer and its autoencoder beside the weights. Give that folder as the model of any COP-GEN algorithm; it runs on ONNX Runtime and OpenVINO too, without torch. A large model takes minutes and several gigabytes of memory.</source>
            <translation>Scrive un modello in una cartella propria, con i grafi ONNX del transformer e dell'autoencoder accanto ai pesi. Indicare quella cartella come modello di qualsiasi algoritmo COP-GEN; funziona anche con ONNX Runtime e OpenVINO, senza torch. Un modello grande richiede minuti e diversi gigabyte di memoria.</translation>
        </message>
        <message>
            <source>What an exported model draws is as synthetic as what the model itself draws.</source>
            <translation>Ciò che disegna un modello esportato è sintetico quanto ciò che disegna il modello stesso.</translation>
        </message>
        <message>
            <source>fp32: as exact as the model. fp16: half the size, and half precision on graphics cards. int8: for processors; refused where it would change the pictures by more than one grey level on average.</source>
            <translation>fp32: esatto quanto il modello. fp16: metà della dimensione, e mezza precisione sulle schede grafiche. int8: per i processori; rifiutato dove cambierebbe le immagini di più di un livello di grigio in media.</translation>
        </message>
        <message>
            <source>{name}: {path} is there already and not empty; choose another folder.</source>
            <translation>{name}: {path} esiste già e non è vuota; scegliere un'altra cartella.</translation>
        </message>
        <message>
            <source>Version of the ONNX operators</source>
            <translation>Versione degli operatori ONNX</translation>
        </message>
        <message>
            <source>auto, the name of an installed model, or a folder with one.</source>
            <translation>auto, il nome di un modello installato o una cartella che lo contiene.</translation>
        </message>
        <message>
            <source>Folder for the exported model</source>
            <translation>Cartella per il modello esportato</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Precisione</translation>
        </message>
        <message>
            <source>Older programs that read ONNX need a smaller one.</source>
            <translation>I programmi più vecchi che leggono ONNX ne richiedono una minore.</translation>
        </message>
        <message>
            <source>Generate missing modalities</source>
            <translation>Generare le modalità mancanti</translation>
        </message>
        <message>
            <source>Draws what is missing of one place: elevation as a hillshade, a Sentinel-1 composite, Sentinel-2 L1C or L2A, any from any of the others. Give one input or more of the same place, and a destination for each modality you want; those are drawn together, so that they agree.</source>
            <translation>Disegna ciò che manca di un luogo: la quota come ombreggiatura, un composito Sentinel-1, Sentinel-2 L1C o L2A, ciascuno da qualsiasi altro. Fornire uno o più ingressi dello stesso luogo e una destinazione per ogni modalità voluta; vengono disegnate insieme perché concordino.</translation>
        </message>
        <message>
            <source>No input is given; choose a raster for at least one of {inputs}.</source>
            <translation>Nessun ingresso fornito; scegliere un raster per almeno uno di {inputs}.</translation>
        </message>
        <message>
            <source>Nothing is to be generated; give a destination for at least one of {outputs}.</source>
            <translation>Nulla da generare; indicare una destinazione per almeno uno di {outputs}.</translation>
        </message>
        <message>
            <source>Files of the second and later samples</source>
            <translation>File del secondo campione e dei successivi</translation>
        </message>
        <message>
            <source>{input}: encoding</source>
            <translation>{input}: codifica</translation>
        </message>
        <message>
            <source>{input}: bands</source>
            <translation>{input}: bande</translation>
        </message>
        <message>
            <source>{input}: offset</source>
            <translation>{input}: scostamento</translation>
        </message>
        <message>
            <source>Draws how a Sentinel-2 scene would look from above the atmosphere: top-of-atmosphere reflectance (L1C) in red, green and blue from surface reflectance (L2A).</source>
            <translation>Disegna come apparirebbe una scena Sentinel-2 da sopra l'atmosfera: riflettanza al limite dell'atmosfera (L1C) in rosso, verde e blu dalla riflettanza al suolo (L2A).</translation>
        </message>
        <message>
            <source>Draws how a Sentinel-2 scene would look without the atmosphere: surface reflectance (L2A) in red, green and blue from top-of-atmosphere reflectance (L1C). A picture of what is plausible, not a radiative transfer.</source>
            <translation>Disegna come apparirebbe una scena Sentinel-2 senza atmosfera: riflettanza al suolo (L2A) in rosso, verde e blu dalla riflettanza al limite dell'atmosfera (L1C). Un'immagine del plausibile, non un trasferimento radiativo.</translation>
        </message>
        <message>
            <source>{name}: {layer} has no coordinate reference system; assign one in its properties.</source>
            <translation>{name}: {layer} non ha un sistema di riferimento; assegnarne uno nelle sue proprietà.</translation>
        </message>
        <message>
            <source>{name}: {layer} holds no polygons; give a polygon layer.</source>
            <translation>{name}: {layer} non contiene poligoni; fornire un layer di poligoni.</translation>
        </message>
        <message>
            <source>{name}: {layer} has no polygon to use; draw or select one.</source>
            <translation>{name}: {layer} non ha poligoni da usare; disegnarne o selezionarne uno.</translation>
        </message>
        <message>
            <source>The polygons of the mask cannot be written ({reason}).</source>
            <translation>I poligoni della maschera non possono essere scritti ({reason}).</translation>
        </message>
        <message>
            <source>Level of the input; auto recognises it, and takes {level} where nothing tells.</source>
            <translation>Livello dell'ingresso; auto lo riconosce e prende {level} se nulla lo indica.</translation>
        </message>
        <message>
            <source>Sentinel-2 scene</source>
            <translation>Scena Sentinel-2</translation>
        </message>
        <message>
            <source>Level of the result: surface reflectance (l2a) or top of atmosphere (l1c).</source>
            <translation>Livello del risultato: riflettanza al suolo (l2a) o limite dell'atmosfera (l1c).</translation>
        </message>
        <message>
            <source>Level of the input</source>
            <translation>Livello dell'ingresso</translation>
        </message>
        <message>
            <source>{layer} is {found}, and this needs {needed}; choose another input or algorithm, or set LEVEL.</source>
            <translation>{layer} è {found}, e qui serve {needed}; scegliere un altro ingresso o algoritmo, o impostare LEVEL.</translation>
        </message>
        <message>
            <source>Level of the result</source>
            <translation>Livello del risultato</translation>
        </message>
        <message>
            <source>{layer}: nothing tells its level, taken for {modality}; set LEVEL if that is wrong.</source>
            <translation>{layer}: nulla ne indica il livello, preso per {modality}; impostare LEVEL se è sbagliato.</translation>
        </message>
        <message>
            <source>Numbers or names, separated by commas, in the order red, green, blue or VV, VH. Empty: recognised.</source>
            <translation>Numeri o nomi, separati da virgole, nell'ordine rosso, verde, blu o VV, VH. Vuoto: riconosciuto.</translation>
        </message>
        <message>
            <source>What the stored numbers are; auto recognises it from the file.</source>
            <translation>Che cosa sono i numeri memorizzati; auto lo riconosce dal file.</translation>
        </message>
        <message>
            <source>auto, or the number added to the stored numbers: −1000 for Sentinel-2 baseline 04.00 and later, else 0.</source>
            <translation>auto, o il numero aggiunto a quelli memorizzati: −1000 per Sentinel-2 dalla baseline 04.00, altrimenti 0.</translation>
        </message>
        <message>
            <source>How many answers to draw; the second and later ones are written beside as name_sample2.tif and so on.</source>
            <translation>Quante risposte disegnare; la seconda e le successive sono scritte accanto come name_sample2.tif e così via.</translation>
        </message>
        <message>
            <source>Only this part is generated. Empty: all that the inputs share, at most 4,000 by 4,000 pixels of 10 m.</source>
            <translation>Solo questa parte viene generata. Vuoto: tutto ciò che gli ingressi condividono, al massimo 4.000 per 4.000 pixel di 10 m.</translation>
        </message>
        <message>
            <source>Pixels outside the polygons become nodata; give the area too, to save the time for what lies outside.</source>
            <translation>I pixel fuori dai poligoni diventano nodata; indicare anche l'area per risparmiare il tempo di ciò che è fuori.</translation>
        </message>
        <message>
            <source>reference: the 50 evaluations of the published results; fast: a solver that needs 8 to 10, tried on the embedded model only; auto: as the model was made for.</source>
            <translation>reference: le 50 valutazioni dei risultati pubblicati; fast: un metodo che ne richiede da 8 a 10, provato solo sul modello integrato; auto: ciò per cui il modello è fatto.</translation>
        </message>
        <message>
            <source>Evaluations of the network; 0: as many as the preset has.</source>
            <translation>Valutazioni della rete; 0: quante ne ha la preimpostazione.</translation>
        </message>
        <message>
            <source>The same seed gives the same picture, another seed another one that is as likely.</source>
            <translation>Lo stesso seme dà la stessa immagine, un altro seme un'altra altrettanto probabile.</translation>
        </message>
        <message>
            <source>Empty: that of the input where it is in metres, else the UTM zone of the area.</source>
            <translation>Vuoto: quello dell'ingresso se è in metri, altrimenti il fuso UTM dell'area.</translation>
        </message>
        <message>
            <source>auto takes the fastest one that works.</source>
            <translation>auto prende il più veloce che funziona.</translation>
        </message>
        <message>
            <source>Mask (polygons)</source>
            <translation>Maschera (poligoni)</translation>
        </message>
        <message>
            <source>Coordinate reference system of the results</source>
            <translation>Sistema di riferimento dei risultati</translation>
        </message>
        <message>
            <source>{name}: {value} cannot be opened as a raster; it is damaged or of an unknown format.</source>
            <translation>{name}: {value} non può essere aperto come raster; è danneggiato o di formato sconosciuto.</translation>
        </message>
        <message>
            <source>{name}: {value} is unknown; use {options}.</source>
            <translation>{name}: {value} è sconosciuto; usare {options}.</translation>
        </message>
        <message>
            <source>{name}: {value} lies outside {lowest} to {highest}.</source>
            <translation>{name}: {value} non è compreso tra {lowest} e {highest}.</translation>
        </message>
        <message>
            <source>{name}: there is no folder {model}; give auto, the name of a model or its folder.</source>
            <translation>{name}: non esiste la cartella {model}; indicare auto, il nome di un modello o la sua cartella.</translation>
        </message>
        <message>
            <source>{name}: {value} is no coordinate reference system; give one such as EPSG:32632.</source>
            <translation>{name}: {value} non è un sistema di riferimento; indicarne uno come EPSG:32632.</translation>
        </message>
        <message>
            <source>{name}: {value} is no area there; give west, east, south, north and the reference system.</source>
            <translation>{name}: {value} non vi è un'area; indicare ovest, est, sud, nord e il sistema di riferimento.</translation>
        </message>
        <message>
            <source>{name}: the area does not overlap {layer}; choose one where it has pixels.</source>
            <translation>{name}: l'area non si sovrappone a {layer}; sceglierne una dove ci siano pixel.</translation>
        </message>
        <message>
            <source>{name}: {value} cannot be opened as a vector layer; give polygons.</source>
            <translation>{name}: {value} non può essere aperto come layer vettoriale; fornire poligoni.</translation>
        </message>
        <message>
            <source>{name}: {value} is no number; give auto or a number such as -1000.</source>
            <translation>{name}: {value} non è un numero; indicare auto o un numero come -1000.</translation>
        </message>
        <message>
            <source>{name}: there is no file {path}; choose another.</source>
            <translation>{name}: non esiste il file {path}; sceglierne un altro.</translation>
        </message>
        <message>
            <source>{name}: no raster is given; choose one.</source>
            <translation>{name}: nessun raster fornito; sceglierne uno.</translation>
        </message>
        <message>
            <source>{name}: a whole number is needed, found {value}.</source>
            <translation>{name}: serve un numero intero, trovato {value}.</translation>
        </message>
        <message>
            <source>{model} on {device}: {chips} chip(s), {steps} steps, {seconds} s</source>
            <translation>{model} su {device}: {chips} riquadro/i, {steps} passi, {seconds} s</translation>
        </message>
        <message>
            <source>The plugin was unloaded or updated meanwhile; what was written before stays. Start it again.</source>
            <translation>Nel frattempo il plugin è stato disattivato o aggiornato; quanto scritto prima resta. Avviare di nuovo.</translation>
        </message>
        <message>
            <source>{modality}: {file}, bands {bands} ({bands_source}), {encoding}, offset {offset} ({offset_source})</source>
            <translation>{modality}: {file}, bande {bands} ({bands_source}), {encoding}, scostamento {offset} ({offset_source})</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>L'esecuzione è stata annullata.</translation>
        </message>
        <message>
            <source>Draws how radar would see a Sentinel-2 scene: a Sentinel-1 composite in 8 bits, red for VV, blue for VH and green for their sum, after terrain correction. A picture, no backscatter in decibels.</source>
            <translation>Disegna come il radar vedrebbe una scena Sentinel-2: un composito Sentinel-1 a 8 bit, rosso per VV, blu per VH e verde per la loro somma, dopo la correzione del terreno. Un'immagine, non retrodiffusione in decibel.</translation>
        </message>
        <message>
            <source>Draws how Sentinel-2 might see what Sentinel-1 measured (VV and VH, terrain corrected), below clouds too: reflectance in red, green and blue, at the surface (L2A) or above the atmosphere (L1C).</source>
            <translation>Disegna come Sentinel-2 potrebbe vedere ciò che Sentinel-1 ha misurato (VV e VH, con correzione del terreno), anche sotto le nuvole: riflettanza in rosso, verde e blu, al suolo (L2A) o sopra l'atmosfera (L1C).</translation>
        </message>
        <message>
            <source>{name}: no polygon overlaps {layer}; give tiles of the same place.</source>
            <translation>{name}: nessun poligono si sovrappone a {layer}; fornire riquadri dello stesso luogo.</translation>
        </message>
        <message>
            <source>{name}: no polygons are given; choose a layer.</source>
            <translation>{name}: nessun poligono fornito; scegliere un layer.</translation>
        </message>
        <message>
            <source>it crashed or was killed, as happens when memory runs out</source>
            <translation>si è arrestato o è stato terminato, come accade quando la memoria si esaurisce</translation>
        </message>
        <message>
            <source>it could not be started ({reason})</source>
            <translation>non è stato possibile avviarlo ({reason})</translation>
        </message>
        <message>
            <source>it ended with status {status}</source>
            <translation>è terminato con lo stato {status}</translation>
        </message>
        <message>
            <source>The Python in the settings</source>
            <translation>Il Python delle impostazioni</translation>
        </message>
        <message>
            <source>The set-up of the models' environment is not finished; go on with it in the COP-GEN panel.</source>
            <translation>L'installazione dell'ambiente dei modelli non è finita; continuarla nel pannello COP-GEN.</translation>
        </message>
        <message>
            <source>The models' environment is not set up yet: choose Set up in the COP-GEN panel, or start QGIS with the environment variable {variable} set to a Python that has their packages.</source>
            <translation>L'ambiente dei modelli non è ancora installato: scegliere «Installa» nel pannello COP-GEN, oppure avviare QGIS con la variabile d'ambiente {variable} impostata su un Python che ne abbia i pacchetti.</translation>
        </message>
        <message>
            <source>{name}: {path} is no program; choose the Python of the models' environment.</source>
            <translation>{name}: {path} non è un programma; scegliere il Python dell'ambiente dei modelli.</translation>
        </message>
        <message>
            <source>The models' process is starting.</source>
            <translation>Il processo dei modelli si sta avviando.</translation>
        </message>
        <message>
            <source>The models' process ended unexpectedly: {reason}. The next run starts it again.</source>
            <translation>Il processo dei modelli è terminato inaspettatamente: {reason}. La prossima esecuzione lo riavvia.</translation>
        </message>
        <message>
            <source>The models are not loaded; the first run loads them.</source>
            <translation>I modelli non sono caricati; la prima esecuzione li carica.</translation>
        </message>
        <message>
            <source>The models' environment is being changed; wait for the end of its set-up.</source>
            <translation>L'ambiente dei modelli è in corso di modifica; attendere la fine dell'installazione.</translation>
        </message>
        <message>
            <source>Running.</source>
            <translation>In esecuzione.</translation>
        </message>
        <message>
            <source>Ready.</source>
            <translation>Pronto.</translation>
        </message>
        <message>
            <source>The models' process speaks another language than this plugin ({reason}).</source>
            <translation>Il processo dei modelli parla un'altra lingua rispetto a questo plugin ({reason}).</translation>
        </message>
        <message>
            <source>COP-GEN: environment of the models</source>
            <translation>COP-GEN: ambiente dei modelli</translation>
        </message>
        <message>
            <source>Progress of the set-up</source>
            <translation>Avanzamento dell'installazione</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>Opzioni</translation>
        </message>
        <message>
            <source>Environment and models lie here, outside QGIS and the plugin.</source>
            <translation>Qui si trovano ambiente e modelli, fuori da QGIS e dal plugin.</translation>
        </message>
        <message>
            <source>A folder with all wheels; nothing is fetched from a network then.</source>
            <translation>Una cartella con tutti i wheel; in tal caso non si scarica nulla.</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>&amp;Cartella</translation>
        </message>
        <message>
            <source>P&amp;ython</source>
            <translation>P&amp;ython</translation>
        </message>
        <message>
            <source>P&amp;rocessor</source>
            <translation>P&amp;rocessore</translation>
        </message>
        <message>
            <source>Folder of &amp;wheels</source>
            <translation>Cartella di &amp;wheel</translation>
        </message>
        <message>
            <source>Package inde&amp;x</source>
            <translation>Indice dei pa&amp;cchetti</translation>
        </message>
        <message>
            <source>Index for &amp;torch</source>
            <translation>Indice per &amp;torch</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Dettagli</translation>
        </message>
        <message>
            <source>&amp;Set up</source>
            <translation>&amp;Installa</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Annulla</translation>
        </message>
        <message>
            <source>Copy &amp;report</source>
            <translation>Copia il &amp;rapporto</translation>
        </message>
        <message>
            <source>For a question to others; without your name, home folder, passwords and tokens.</source>
            <translation>Per chiedere ad altri; senza il vostro nome, cartella personale, password e chiavi.</translation>
        </message>
        <message>
            <source>&amp;Use another Python…</source>
            <translation>&amp;Usa un altro Python…</translation>
        </message>
        <message>
            <source>A Python that has all packages already; nothing is installed.</source>
            <translation>Un Python che ha già tutti i pacchetti; non si installa nulla.</translation>
        </message>
        <message>
            <source>Re&amp;move…</source>
            <translation>Ri&amp;muovi…</translation>
        </message>
        <message>
            <source>Cl&amp;ose</source>
            <translation>C&amp;hiudi</translation>
        </message>
        <message>
            <source>What the set-up installed is deleted. Models and results stay.</source>
            <translation>Viene eliminato ciò che è stato installato. Modelli e risultati restano.</translation>
        </message>
        <message>
            <source>As the machine is</source>
            <translation>Secondo il computer</translation>
        </message>
        <message>
            <source>CPU or Apple GPU</source>
            <translation>CPU o GPU Apple</translation>
        </message>
        <message>
            <source>the usual one</source>
            <translation>il solito</translation>
        </message>
        <message>
            <source>Python {versions} to make the environment with; empty: looked for.</source>
            <translation>Python {versions} con cui creare l'ambiente; vuoto: viene cercato.</translation>
        </message>
        <message>
            <source>Remove the environment in {folder}?</source>
            <translation>Rimuovere l'ambiente in {folder}?</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>&amp;Continua</translation>
        </message>
        <message>
            <source>&amp;Update</source>
            <translation>&amp;Aggiorna</translation>
        </message>
        <message>
            <source>&amp;Set up again</source>
            <translation>&amp;Installa di nuovo</translation>
        </message>
        <message>
            <source>The environment is ready.</source>
            <translation>L'ambiente è pronto.</translation>
        </message>
        <message>
            <source>For NVIDIA it is several gigabytes.</source>
            <translation>Per NVIDIA sono diversi gigabyte.</translation>
        </message>
        <message>
            <source>Removing…</source>
            <translation>Rimozione…</translation>
        </message>
        <message>
            <source>Cancelled. What is done need not be done again.</source>
            <translation>Annullato. Ciò che è fatto non va rifatto.</translation>
        </message>
        <message>
            <source>The set-up stopped: {detail}. The details tell more.</source>
            <translation>L'installazione si è fermata: {detail}. I dettagli dicono di più.</translation>
        </message>
        <message>
            <source>A run is going on; wait for its end or cancel it, then try again.</source>
            <translation>Un lavoro è in corso; attenderne la fine o annullarlo, poi riprovare.</translation>
        </message>
        <message>
            <source>Python {versions} is needed, and found was: {detail}. Install one (python.org or your system's packages) or the program uv, then try again; or choose one under Options.</source>
            <translation>Serve Python {versions}; trovato: {detail}. Installarne uno (python.org o i pacchetti del sistema) o il programma uv e riprovare; oppure sceglierne uno in Opzioni.</translation>
        </message>
        <message>
            <source>Another QGIS is at the set-up of this environment; wait for its end.</source>
            <translation>Un altro QGIS sta installando questo ambiente; attenderne la fine.</translation>
        </message>
        <message>
            <source>{detail} lies in the plugin's own folder, which QGIS deletes on every upgrade; choose another.</source>
            <translation>{detail} si trova nella cartella del plugin, che QGIS elimina a ogni aggiornamento; sceglierne un'altra.</translation>
        </message>
        <message>
            <source>{detail} exists already and was not made by this plugin; choose another folder.</source>
            <translation>{detail} esiste già e non è stato creato da questo plugin; scegliere un'altra cartella.</translation>
        </message>
        <message>
            <source>The disk has not enough room ({detail}). Free some, or choose a folder on another disk.</source>
            <translation>Sul disco non c'è abbastanza spazio ({detail}). Liberarne, o scegliere una cartella su un altro disco.</translation>
        </message>
        <message>
            <source>{detail} cannot be written; choose another folder or ask for the right to write there.</source>
            <translation>Impossibile scrivere in {detail}; scegliere un'altra cartella o chiedere il permesso di scrittura.</translation>
        </message>
        <message>
            <source>{detail} cannot be reached. Check the connection, and the proxy in QGIS's network settings, then go on; what was fetched is kept. Another index, or a folder of wheels where there is no network, goes under Options.</source>
            <translation>{detail} non è raggiungibile. Controllare la connessione e il proxy nelle impostazioni di rete di QGIS, poi continuare; ciò che è stato scaricato resta. Un altro indice, o una cartella di wheel se non c'è rete, si indica in Opzioni.</translation>
        </message>
        <message>
            <source>The proxy does not let it through; check its address and password in QGIS's network settings.</source>
            <translation>Il proxy non lo lascia passare; controllarne indirizzo e password nelle impostazioni di rete di QGIS.</translation>
        </message>
        <message>
            <source>The certificate of the package index is not trusted. If your organisation has its own authority, add it in QGIS's settings under Authentication, Manage certificates.</source>
            <translation>Il certificato dell'indice dei pacchetti non è attendibile. Se l'organizzazione ha una propria autorità, aggiungerla nelle impostazioni di QGIS in Autenticazione, Gestisci certificati.</translation>
        </message>
        <message>
            <source>The package index refuses access; check its address under Options.</source>
            <translation>L'indice dei pacchetti rifiuta l'accesso; controllarne l'indirizzo in Opzioni.</translation>
        </message>
        <message>
            <source>The address of the package index does not begin with https; correct it under Options.</source>
            <translation>L'indirizzo dell'indice dei pacchetti non comincia con https; correggerlo in Opzioni.</translation>
        </message>
        <message>
            <source>What was fetched is damaged ({detail}); try again, or choose another package index.</source>
            <translation>Ciò che è stato scaricato è danneggiato ({detail}); riprovare, o scegliere un altro indice.</translation>
        </message>
        <message>
            <source>A package is not there for this Python: {detail}. Choose a Python of another version, another package index, or a complete folder of wheels under Options.</source>
            <translation>Manca un pacchetto per questo Python: {detail}. Scegliere in Opzioni un Python di un'altra versione, un altro indice o una cartella completa di wheel.</translation>
        </message>
        <message>
            <source>Everything is installed, but the self-test failed: {detail}.</source>
            <translation>Tutto è installato, ma l'autotest è fallito: {detail}.</translation>
        </message>
        <message>
            <source>The set-up was ended from outside ({detail}); go on to finish it.</source>
            <translation>L'installazione è stata interrotta dall'esterno ({detail}); continuarla per finirla.</translation>
        </message>
        <message>
            <source>All of it is here; unpacking and installing it may take some minutes.</source>
            <translation>È tutto qui; estrarre e installare può richiedere alcuni minuti.</translation>
        </message>
        <message>
            <source>In all: {done} of about {total}</source>
            <translation>In tutto: {done} di circa {total}</translation>
        </message>
        <message>
            <source>In all: {done}</source>
            <translation>In tutto: {done}</translation>
        </message>
        <message>
            <source>Cancelling…</source>
            <translation>Annullamento…</translation>
        </message>
        <message>
            <source>Looking for a Python…</source>
            <translation>Ricerca di un Python…</translation>
        </message>
        <message>
            <source>The environment was removed.</source>
            <translation>L'ambiente è stato rimosso.</translation>
        </message>
        <message>
            <source>There was nothing of ours to remove.</source>
            <translation>Non c'era nulla di nostro da rimuovere.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>nessuno</translation>
        </message>
        <message>
            <source>{what}: {done} of {total}</source>
            <translation>{what}: {done} di {total}</translation>
        </message>
        <message>
            <source>About {fetched} are fetched and {kept} kept.</source>
            <translation>Si scaricano circa {fetched} e se ne tengono {kept}.</translation>
        </message>
        <message>
            <source>The models run in a Python environment of their own, apart from QGIS. It is made here; nothing is installed into QGIS.</source>
            <translation>I modelli girano in un proprio ambiente Python, separato da QGIS. Viene creato qui; in QGIS non si installa nulla.</translation>
        </message>
        <message>
            <source>The set-up is not finished; it goes on where it stopped.</source>
            <translation>L'installazione non è finita; riprende da dove si era fermata.</translation>
        </message>
        <message>
            <source>QGIS was started with {variable}, whose Python is used.</source>
            <translation>QGIS è stato avviato con {variable}, il cui Python viene usato.</translation>
        </message>
        <message>
            <source>The package index</source>
            <translation>L'indice dei pacchetti</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>Creazione dell'ambiente</translation>
        </message>
        <message>
            <source>Installing pip, which fetches the rest</source>
            <translation>Installazione di pip, che scarica il resto</translation>
        </message>
        <message>
            <source>Fetching and installing PyTorch, the largest part</source>
            <translation>Scaricamento e installazione di PyTorch, la parte più grande</translation>
        </message>
        <message>
            <source>Fetching and installing the other packages</source>
            <translation>Scaricamento e installazione degli altri pacchetti</translation>
        </message>
        <message>
            <source>Self-test</source>
            <translation>Autotest</translation>
        </message>
        <message>
            <source>{step}: done before</source>
            <translation>{step}: già fatto</translation>
        </message>
        <message>
            <source>The change of the environment is not finished; until it is, the models run in the one from before.</source>
            <translation>La modifica dell'ambiente non è terminata; fino ad allora i modelli usano quello precedente.</translation>
        </message>
        <message>
            <source>The environment was made for an earlier version of this plugin; update it.</source>
            <translation>L'ambiente è di una versione precedente di questo plugin; aggiornarlo.</translation>
        </message>
        <message>
            <source>{speed} a second</source>
            <translation>{speed} al secondo</translation>
        </message>
        <message>
            <source>the server sends a web page instead, as where one has to sign in to the network first</source>
            <translation>il server invia invece una pagina web, come dove bisogna prima accedere alla rete</translation>
        </message>
        <message>
            <source>the server has no such file</source>
            <translation>il server non ha questo file</translation>
        </message>
        <message>
            <source>the server's certificate is not trusted; see Authentication in QGIS's options</source>
            <translation>il certificato del server non è attendibile; veda Autenticazione nelle opzioni di QGIS</translation>
        </message>
        <message>
            <source>the proxy does not let it through; see Network in QGIS's options</source>
            <translation>il proxy non lo lascia passare; veda Rete nelle opzioni di QGIS</translation>
        </message>
        <message>
            <source>the connection was cut</source>
            <translation>la connessione si è interrotta</translation>
        </message>
        <message>
            <source>{offered} bytes are offered, the published file has {size}</source>
            <translation>vengono offerti {offered} byte, il file pubblicato ne ha {size}</translation>
        </message>
        <message>
            <source>the server gave another part (“{range}”) than was asked for</source>
            <translation>il server ha dato un'altra parte (“{range}”) da quella richiesta</translation>
        </message>
        <message>
            <source>the server refuses it to us (status {status})</source>
            <translation>il server ce lo rifiuta (stato {status})</translation>
        </message>
        <message>
            <source>the server answers with status {status}</source>
            <translation>il server risponde con lo stato {status}</translation>
        </message>
        <message>
            <source>{path} cannot be read as a list of models ({reason}); install the plugin again.</source>
            <translation>{path} non si legge come elenco di modelli ({reason}); installi di nuovo il plugin.</translation>
        </message>
        <message>
            <source>COP-GEN: models</source>
            <translation>COP-GEN: modelli</translation>
        </message>
        <message>
            <source>Card of the model</source>
            <translation>Scheda del modello</translation>
        </message>
        <message>
            <source>I have read the licence and the card</source>
            <translation>Ho letto la licenza e la scheda</translation>
        </message>
        <message>
            <source>&amp;From</source>
            <translation>&amp;Da</translation>
        </message>
        <message>
            <source>the usual hub; or a mirror's address, or a folder</source>
            <translation>l'archivio usuale; o l'indirizzo di un mirror, o una cartella</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Scegliere una cartella</translation>
        </message>
        <message>
            <source>&amp;Download</source>
            <translation>&amp;Scarica</translation>
        </message>
        <message>
            <source>What arrived is kept for the next time.</source>
            <translation>Ciò che è arrivato resta per la prossima volta.</translation>
        </message>
        <message>
            <source>&amp;Verify</source>
            <translation>&amp;Verifica</translation>
        </message>
        <message>
            <source>Read all of the model and compare it with what was installed.</source>
            <translation>Leggere tutto il modello e confrontarlo con ciò che era installato.</translation>
        </message>
        <message>
            <source>&amp;Remove…</source>
            <translation>&amp;Rimuovi…</translation>
        </message>
        <message>
            <source>&amp;Import files…</source>
            <translation>&amp;Importa file…</translation>
        </message>
        <message>
            <source>Choose the folder that holds the model's files</source>
            <translation>Scegliere la cartella che contiene i file del modello</translation>
        </message>
        <message>
            <source>Remove “{name}” from this computer?</source>
            <translation>Rimuovere “{name}” da questo computer?</translation>
        </message>
        <message>
            <source>Remove what was fetched of “{name}”?</source>
            <translation>Rimuovere ciò che è stato scaricato di “{name}”?</translation>
        </message>
        <message>
            <source>Ma&amp;ke the model</source>
            <translation>Cr&amp;eare il modello</translation>
        </message>
        <message>
            <source>Read the licence and the card first.</source>
            <translation>Legga prima la licenza e la scheda.</translation>
        </message>
        <message>
            <source>Set up the models' environment first.</source>
            <translation>Installi prima l'ambiente dei modelli.</translation>
        </message>
        <message>
            <source>&amp;Continue the download</source>
            <translation>&amp;Continua lo scaricamento</translation>
        </message>
        <message>
            <source>All files are here and checked; set up the models' environment, then continue.</source>
            <translation>Tutti i file sono qui e controllati; installi l'ambiente dei modelli, poi continui.</translation>
        </message>
        <message>
            <source>Another QGIS or program is fetching this model; wait for it or stop it.</source>
            <translation>Un altro QGIS o programma sta scaricando questo modello; lo attenda o lo fermi.</translation>
        </message>
        <message>
            <source>{path} cannot be written ({reason}); choose another folder.</source>
            <translation>{path} non può essere scritto ({reason}); scelga un'altra cartella.</translation>
        </message>
        <message>
            <source>{file} is not the published file (its SHA-256 is another one) and was thrown away; try again, or give another mirror.</source>
            <translation>{file} non è il file pubblicato (il suo SHA-256 è un altro) ed è stato gettato; riprovi, o indichi un altro mirror.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}); it stays, try again.</source>
            <translation>{path} non può essere letto ({reason}); il file resta, riprovi.</translation>
        </message>
        <message>
            <source>{folder} holds no {file}; put that file of {repository} there.</source>
            <translation>{folder} non contiene {file}; vi metta quel file di {repository}.</translation>
        </message>
        <message>
            <source>Import a model</source>
            <translation>Importare un modello</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Scegliere un file</translation>
        </message>
        <message>
            <source>Either the folder of a model, or its two files in a published layout: .pth or .safetensors. They stay where they are; a copy is made.</source>
            <translation>O la cartella di un modello, o i suoi due file in una forma pubblicata: .pth o .safetensors. Restano dove sono; viene fatta una copia.</translation>
        </message>
        <message>
            <source>&amp;Folder of a model</source>
            <translation>&amp;Cartella di un modello</translation>
        </message>
        <message>
            <source>&amp;Transformer</source>
            <translation>&amp;Trasformatore</translation>
        </message>
        <message>
            <source>&amp;Autoencoder</source>
            <translation>&amp;Autoencoder</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Nome</translation>
        </message>
        <message>
            <source>{folder}: {free} GB are free and {needed} GB needed, for the files and the model made of them; make room, or choose another folder.</source>
            <translation>{folder}: {free} GB sono liberi e ne servono {needed} GB, per i file e il modello che ne viene; faccia spazio, o scelga un'altra cartella.</translation>
        </message>
        <message>
            <source>{folder}: no such folder; give one that holds the files, or the address of a mirror.</source>
            <translation>{folder}: nessuna cartella così; ne indichi una con i file, o l'indirizzo di un mirror.</translation>
        </message>
        <message>
            <source>{address}: give an address that begins with https://, or a folder.</source>
            <translation>{address}: indichi un indirizzo che cominci con https://, o una cartella.</translation>
        </message>
        <message>
            <source>{folder} is there already; move it somewhere else or remove it.</source>
            <translation>{folder} esiste già; la sposti altrove o la rimuova.</translation>
        </message>
        <message>
            <source>Give the model a name.</source>
            <translation>Dia un nome al modello.</translation>
        </message>
        <message>
            <source>Choose either the folder of a model, or the files of a transformer and its autoencoder.</source>
            <translation>Scelga o la cartella di un modello, o i file di un trasformatore e del suo autoencoder.</translation>
        </message>
        <message>
            <source>A model “{name}” is there already; remove it or choose another name.</source>
            <translation>Un modello “{name}” c'è già; lo rimuova o scelga un altro nome.</translation>
        </message>
        <message>
            <source>Something goes on with “{name}” already; wait for it, cancel it or choose another name.</source>
            <translation>È già in corso qualcosa con “{name}”; attenda, annulli o scelga un altro nome.</translation>
        </message>
        <message>
            <source>{path} cannot be removed ({reason}); end what uses it and try again.</source>
            <translation>{path} non può essere rimosso ({reason}); chiuda ciò che lo usa e riprovi.</translation>
        </message>
        <message>
            <source>{file} cannot be fetched: {reason}. What arrived is kept; try again later, or give a mirror or a folder.</source>
            <translation>{file} non può essere scaricato: {reason}. Ciò che è arrivato resta; riprovi più tardi, o indichi un mirror o una cartella.</translation>
        </message>
        <message>
            <source>The disk of {folder} is full; make room and continue.</source>
            <translation>Il disco di {folder} è pieno; faccia spazio e continui.</translation>
        </message>
        <message>
            <source>the server sends more bytes than the published file has</source>
            <translation>il server invia più byte di quanti ne abbia il file pubblicato</translation>
        </message>
        <message>
            <source>the server leads round in circles</source>
            <translation>il server fa girare in tondo</translation>
        </message>
        <message>
            <source>the server does not answer as a hub of models does</source>
            <translation>il server non risponde come un archivio di modelli</translation>
        </message>
        <message>
            <source>the server leads to an address that is not safe</source>
            <translation>il server porta a un indirizzo non sicuro</translation>
        </message>
        <message>
            <source>embedded</source>
            <translation>incluso</translation>
        </message>
        <message>
            <source>not downloaded</source>
            <translation>non scaricato</translation>
        </message>
        <message>
            <source>all files are here, not converted yet</source>
            <translation>tutti i file sono qui, non ancora convertiti</translation>
        </message>
        <message>
            <source>downloaded and verified</source>
            <translation>scaricato e verificato</translation>
        </message>
        <message>
            <source>installed, not verified</source>
            <translation>installato, non verificato</translation>
        </message>
        <message>
            <source>damaged</source>
            <translation>danneggiato</translation>
        </message>
        <message>
            <source>Making the model…</source>
            <translation>Creazione del modello…</translation>
        </message>
        <message>
            <source>Comparing what came with the published file…</source>
            <translation>Confronto di ciò che è arrivato con il file pubblicato…</translation>
        </message>
        <message>
            <source>Waiting for the models' process…</source>
            <translation>In attesa del processo dei modelli…</translation>
        </message>
        <message>
            <source>Reading all of it…</source>
            <translation>Lettura di tutto…</translation>
        </message>
        <message>
            <source>{there} of {size} are here</source>
            <translation>{there} di {size} sono qui</translation>
        </message>
        <message>
            <source>{there} of {size}</source>
            <translation>{there} di {size}</translation>
        </message>
        <message>
            <source>{file} from {repository}, {size}</source>
            <translation>{file} da {repository}, {size}</translation>
        </message>
        <message>
            <source>{size} a second</source>
            <translation>{size} al secondo</translation>
        </message>
        <message>
            <source>about {time} left</source>
            <translation>circa {time} rimanenti</translation>
        </message>
        <message>
            <source>Licence: {licence}</source>
            <translation>Licenza: {licence}</translation>
        </message>
        <message>
            <source>{size} in {folder}</source>
            <translation>{size} in {folder}</translation>
        </message>
        <message>
            <source>Elevation (DEM)</source>
            <translation>Quota (DEM)</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Rosso</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>Verde</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Blu</translation>
        </message>
        <message>
            <source>as recognised</source>
            <translation>come riconosciuto</translation>
        </message>
        <message>
            <source>elevation in metres</source>
            <translation>quota in metri</translation>
        </message>
        <message>
            <source>hillshade picture</source>
            <translation>immagine di ombreggiatura</translation>
        </message>
        <message>
            <source>8-bit picture</source>
            <translation>immagine a 8 bit</translation>
        </message>
        <message>
            <source>true colour image (TCI)</source>
            <translation>immagine a colori reali (TCI)</translation>
        </message>
        <message>
            <source>scaled numbers</source>
            <translation>numeri scalati</translation>
        </message>
        <message>
            <source>linear power</source>
            <translation>potenza lineare</translation>
        </message>
        <message>
            <source>amplitude</source>
            <translation>ampiezza</translation>
        </message>
        <message>
            <source>decibels</source>
            <translation>decibel</translation>
        </message>
        <message>
            <source>reflectance</source>
            <translation>riflettanza</translation>
        </message>
        <message>
            <source>from the metadata</source>
            <translation>dai metadati</translation>
        </message>
        <message>
            <source>from the file's tags</source>
            <translation>dalle etichette del file</translation>
        </message>
        <message>
            <source>from the numbers</source>
            <translation>dai numeri</translation>
        </message>
        <message>
            <source>by their names</source>
            <translation>dai nomi</translation>
        </message>
        <message>
            <source>by their order</source>
            <translation>dall'ordine</translation>
        </message>
        <message>
            <source>set by you</source>
            <translation>impostato da te</translation>
        </message>
        <message>
            <source>assumed</source>
            <translation>presunto</translation>
        </message>
        <message>
            <source>Exporting layers</source>
            <translation>Esportazione dei layer</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Caricamento del modello</translation>
        </message>
        <message>
            <source>Writing the graphs</source>
            <translation>Scrittura dei grafi</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lettura</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>Misura</translation>
        </message>
        <message>
            <source>Denoising</source>
            <translation>Rimozione del rumore</translation>
        </message>
        <message>
            <source>Decoding</source>
            <translation>Decodifica</translation>
        </message>
        <message>
            <source>Writing</source>
            <translation>Scrittura</translation>
        </message>
        <message>
            <source>preparing</source>
            <translation>in preparazione</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>in attesa</translation>
        </message>
        <message>
            <source>running</source>
            <translation>in corso</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>finito</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>fallito</translation>
        </message>
        <message>
            <source>cancelled</source>
            <translation>annullato</translation>
        </message>
        <message>
            <source>Elevation</source>
            <translation>Quota</translation>
        </message>
        <message>
            <source>Red (B04)</source>
            <translation>Rosso (B04)</translation>
        </message>
        <message>
            <source>Green (B03)</source>
            <translation>Verde (B03)</translation>
        </message>
        <message>
            <source>Blue (B02)</source>
            <translation>Blu (B02)</translation>
        </message>
    </context>
</TS>
