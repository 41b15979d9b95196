<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>CopGen</name>
        <message>
            <source>{layer}: the area has {width} by {height} pixels, at most {largest} a side; choose a smaller area.</source>
            <translation>{layer}: Der Bereich hat {width} mal {height} Pixel, höchstens {largest} je Seite sind möglich; bitte einen kleineren Bereich wählen.</translation>
        </message>
        <message>
            <source>{layer}: its pixels could not be exported; see whether QGIS shows the layer there.</source>
            <translation>{layer}: Die Pixel konnten nicht exportiert werden; bitte prüfen, ob QGIS den Layer dort anzeigt.</translation>
        </message>
        <message>
            <source>{layer}: a map service covers no area of its own; choose an area.</source>
            <translation>{layer}: Ein Kartendienst hat keinen eigenen Bereich; bitte einen Bereich wählen.</translation>
        </message>
        <message>
            <source>The area cannot be measured in {crs}; choose another.</source>
            <translation>Der Bereich lässt sich in {crs} nicht messen; bitte einen anderen wählen.</translation>
        </message>
        <message>
            <source>Exporting {layer}</source>
            <translation>{layer} wird exportiert</translation>
        </message>
        <message>
            <source>{layer}: the layer does not cover the chosen area.</source>
            <translation>{layer}: Der Layer deckt den gewählten Bereich nicht ab.</translation>
        </message>
        <message>
            <source>{layer}: its pixels cannot be read.</source>
            <translation>{layer}: Die Pixel lassen sich nicht lesen.</translation>
        </message>
        <message>
            <source>{layer}: the export was cancelled.</source>
            <translation>{layer}: Der Export wurde abgebrochen.</translation>
        </message>
        <message>
            <source>its no-data values are set in QGIS and are more than one</source>
            <translation>seine NoData-Werte sind in QGIS gesetzt, und es sind mehrere</translation>
        </message>
        <message>
            <source>its no-data value is set in QGIS, and its numbers are scaled</source>
            <translation>sein NoData-Wert ist in QGIS gesetzt, und seine Zahlen sind skaliert</translation>
        </message>
        <message>
            <source>{layer}: its bands have no no-data value in common; set one for all of them in its properties.</source>
            <translation>{layer}: Die Bänder haben keinen gemeinsamen NoData-Wert; setzen Sie in den Eigenschaften einen für alle.</translation>
        </message>
        <message>
            <source>{layer}: its no-data values cannot be applied.</source>
            <translation>{layer}: Die NoData-Werte lassen sich nicht anwenden.</translation>
        </message>
        <message>
            <source>{folder}: results cannot be written there; choose another folder in the settings.</source>
            <translation>{folder}: Dort lassen sich keine Ergebnisse schreiben; bitte in den Einstellungen einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>{count} finished result(s) are kept in {folder}; add them as layers from there, or remove them.</source>
            <translation>{count} fertige(s) Ergebnis(se) liegen noch in {folder}; fügen Sie sie von dort als Layer hinzu, oder löschen Sie sie.</translation>
        </message>
        <message>
            <source>Synthetic pixels: a generative model drew them; nothing was measured here. Model {model}, seed {seed}, {steps} steps, from {conditions}.</source>
            <translation>Synthetische Pixel: Ein generatives Modell hat sie gezeichnet; hier wurde nichts gemessen. Modell {model}, Startwert {seed}, {steps} Schritte, aus {conditions}.</translation>
        </message>
        <message>
            <source>DEM hillshade</source>
            <translation>DEM-Schummerung</translation>
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
            <translation>{path}: Dieses Ergebnis lässt sich nicht öffnen; es wurde verschoben, gelöscht oder beschädigt.</translation>
        </message>
        <message>
            <source>{name} (synthetic)</source>
            <translation>{name} (synthetisch)</translation>
        </message>
        <message>
            <source>DEM {product}</source>
            <translation>DEM {product}</translation>
        </message>
        <message>
            <source>{name}, sample {number} (synthetic)</source>
            <translation>{name}, Stichprobe {number} (synthetisch)</translation>
        </message>
        <message>
            <source>synthetic</source>
            <translation>synthetisch</translation>
        </message>
        <message>
            <source>no condition</source>
            <translation>keiner Bedingung</translation>
        </message>
        <message>
            <source>{layer}: the layer has no coordinate reference system; assign one in its properties.</source>
            <translation>{layer}: Der Layer hat kein Koordinatenbezugssystem; bitte eines in seinen Eigenschaften zuweisen.</translation>
        </message>
        <message>
            <source>{layer}: the layer covers no area; give a georeferenced raster.</source>
            <translation>{layer}: Der Layer deckt keine Fläche ab; bitte ein georeferenziertes Raster angeben.</translation>
        </message>
        <message>
            <source>{layer}: its extent, {east:g} by {north:g} degrees, is no place on Earth, as of a raster that has ground control points but no georeference; warp it first, for example with the Georeferencer.</source>
            <translation>{layer}: Die Ausdehnung von {east:g} mal {north:g} Grad ist kein Ort auf der Erde, wie bei einem Raster, das Passpunkte, aber keine Georeferenz hat; bitte zuerst entzerren, zum Beispiel mit der Georeferenzierung.</translation>
        </message>
        <message>
            <source>{layer}: the layer is not valid; its file is missing or damaged.</source>
            <translation>{layer}: Der Layer ist ungültig; seine Datei fehlt oder ist beschädigt.</translation>
        </message>
        <message>
            <source>it does not lie in a file</source>
            <translation>er liegt nicht in einer Datei</translation>
        </message>
        <message>
            <source>it needs a login that QGIS keeps</source>
            <translation>er braucht eine Anmeldung, die QGIS verwahrt</translation>
        </message>
        <message>
            <source>the model runtime does not read this format</source>
            <translation>die Modellumgebung liest dieses Format nicht</translation>
        </message>
        <message>
            <source>it was opened with options that cannot be handed on</source>
            <translation>er wurde mit Optionen geöffnet, die sich nicht weitergeben lassen</translation>
        </message>
        <message>
            <source>{layer}: its pixels must be exported first.</source>
            <translation>{layer}: Die Pixel müssen zuerst exportiert werden.</translation>
        </message>
        <message>
            <source>Generate missing modalities…</source>
            <translation>Fehlende Modalitäten erzeugen…</translation>
        </message>
        <message>
            <source>Open the COP-GEN panel with the selected layers as conditions</source>
            <translation>Öffnet das COP-GEN-Bedienfeld mit den ausgewählten Layern als Bedingungen</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>Modelle…</translation>
        </message>
        <message>
            <source>Download, check and remove models</source>
            <translation>Modelle herunterladen, prüfen und entfernen</translation>
        </message>
        <message>
            <source>Environment of the models…</source>
            <translation>Umgebung der Modelle…</translation>
        </message>
        <message>
            <source>Set up, test, update or remove the Python environment that the models run in</source>
            <translation>Die Python-Umgebung, in der die Modelle laufen, einrichten, prüfen, aktualisieren oder entfernen</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Erste Schritte</translation>
        </message>
        <message>
            <source>From the set-up to a first picture</source>
            <translation>Von der Einrichtung zum ersten Bild</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>Erweitert</translation>
        </message>
        <message>
            <source>The fast solver is tried on the embedded model only: on the published one it is unverified.</source>
            <translation>Das schnelle Verfahren ist nur am eingebauten Modell erprobt: am veröffentlichten ist es ungeprüft.</translation>
        </message>
        <message>
            <source>as the preset says</source>
            <translation>wie voreingestellt</translation>
        </message>
        <message>
            <source>Another seed</source>
            <translation>Anderer Startwert</translation>
        </message>
        <message>
            <source>Results of projects without a folder of their own go there</source>
            <translation>Dorthin kommen Ergebnisse von Projekten ohne eigenen Ordner</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>As the model says</source>
            <translation>Wie das Modell es vorsieht</translation>
        </message>
        <message>
            <source>Published: 50 steps</source>
            <translation>Veröffentlicht: 50 Schritte</translation>
        </message>
        <message>
            <source>Fast: 8 to 10 steps</source>
            <translation>Schnell: 8 bis 10 Schritte</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Voreinstellung</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>Stichproben</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Startwert</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>{layer}: the chosen area does not exist in its coordinate reference system.</source>
            <translation>{layer}: Den gewählten Bereich gibt es in seinem Koordinatenbezugssystem nicht.</translation>
        </message>
        <message>
            <source>The map shows no area; choose another area.</source>
            <translation>Die Karte zeigt keinen Bereich; bitte einen anderen Bereich wählen.</translation>
        </message>
        <message>
            <source>Draw a rectangle on the map, or choose another area.</source>
            <translation>Bitte ein Rechteck auf der Karte zeichnen oder einen anderen Bereich wählen.</translation>
        </message>
        <message>
            <source>Choose a polygon layer, or another area.</source>
            <translation>Bitte einen Polygonlayer oder einen anderen Bereich wählen.</translation>
        </message>
        <message>
            <source>{layer}: the layer holds no polygon.</source>
            <translation>{layer}: Der Layer enthält kein Polygon.</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Bereich</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Zeichnen</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map</source>
            <translation>Ein Rechteck auf der Karte aufziehen</translation>
        </message>
        <message>
            <source>Polygon layer</source>
            <translation>Polygonlayer</translation>
        </message>
        <message>
            <source>Choose a polygon layer</source>
            <translation>Polygonlayer wählen</translation>
        </message>
        <message>
            <source>Whole layer</source>
            <translation>Ganzer Layer</translation>
        </message>
        <message>
            <source>What the map shows</source>
            <translation>Was die Karte zeigt</translation>
        </message>
        <message>
            <source>Drawn rectangle</source>
            <translation>Gezeichnetes Rechteck</translation>
        </message>
        <message>
            <source>Polygons of a layer</source>
            <translation>Polygone eines Layers</translation>
        </message>
        <message>
            <source>No rectangle is drawn yet.</source>
            <translation>Noch ist kein Rechteck gezeichnet.</translation>
        </message>
        <message>
            <source>Choose a raster layer</source>
            <translation>Rasterlayer wählen</translation>
        </message>
        <message>
            <source>Layer of the condition</source>
            <translation>Layer der Bedingung</translation>
        </message>
        <message>
            <source>Remove this condition</source>
            <translation>Diese Bedingung entfernen</translation>
        </message>
        <message>
            <source>What the layer shows</source>
            <translation>Was der Layer zeigt</translation>
        </message>
        <message>
            <source>What is it?</source>
            <translation>Was ist es?</translation>
        </message>
        <message>
            <source>Correct</source>
            <translation>Korrigieren</translation>
        </message>
        <message>
            <source>Set bands, encoding and offset yourself</source>
            <translation>Kanäle, Kodierung und Versatz selbst festlegen</translation>
        </message>
        <message>
            <source>&amp;Add</source>
            <translation>Hin&amp;zufügen</translation>
        </message>
        <message>
            <source>Add a layer as another condition</source>
            <translation>Einen Layer als weitere Bedingung hinzufügen</translation>
        </message>
        <message>
            <source>Conditions</source>
            <translation>Bedingungen</translation>
        </message>
        <message>
            <source>Encoding</source>
            <translation>Kodierung</translation>
        </message>
        <message>
            <source>Added to the stored numbers before anything else: −1000 for Sentinel-2 since baseline 04.00, else 0.</source>
            <translation>Wird vor allem anderen zu den gespeicherten Zahlen addiert: −1000 für Sentinel-2 ab Baseline 04.00, sonst 0.</translation>
        </message>
        <message>
            <source>Offset</source>
            <translation>Versatz</translation>
        </message>
        <message>
            <source>band {number}</source>
            <translation>Kanal {number}</translation>
        </message>
        <message>
            <source>Add to this project</source>
            <translation>Zu diesem Projekt hinzufügen</translation>
        </message>
        <message>
            <source>Done, but its project was closed; the files are in {folder}.</source>
            <translation>Fertig, doch das Projekt wurde geschlossen; die Dateien liegen in {folder}.</translation>
        </message>
        <message>
            <source>Done in {time}. The pixels are synthetic.</source>
            <translation>Fertig nach {time}. Die Pixel sind synthetisch.</translation>
        </message>
        <message>
            <source>The files are in {folder}.</source>
            <translation>Die Dateien liegen in {folder}.</translation>
        </message>
        <message>
            <source>Looking at the layers…</source>
            <translation>Die Layer werden angesehen…</translation>
        </message>
        <message>
            <source>Choose the Python of the models' environment</source>
            <translation>Das Python der Modellumgebung wählen</translation>
        </message>
        <message>
            <source>One click</source>
            <translation>Ein Klick</translation>
        </message>
        <message>
            <source>Set up the models' environment</source>
            <translation>Die Umgebung der Modelle einrichten</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Einrichten…</translation>
        </message>
        <message>
            <source>If you like, download the published model</source>
            <translation>Wenn Sie mögen, das veröffentlichte Modell herunterladen</translation>
        </message>
        <message>
            <source>Try it</source>
            <translation>Ausprobieren</translation>
        </message>
        <message>
            <source>Bundled scene (simulated)</source>
            <translation>Mitgelieferte Szene (simuliert)</translation>
        </message>
        <message>
            <source>Generating the hillshade of the bundled scene…</source>
            <translation>Die Schummerung der mitgelieferten Szene wird erzeugt…</translation>
        </message>
        <message>
            <source>Try it on the bundled scene</source>
            <translation>An der mitgelieferten Szene ausprobieren</translation>
        </message>
        <message>
            <source>Setting up the models' environment…</source>
            <translation>Die Umgebung der Modelle wird eingerichtet…</translation>
        </message>
        <message>
            <source>Show…</source>
            <translation>Zeigen…</translation>
        </message>
        <message>
            <source>Finish setting up the models' environment</source>
            <translation>Die Umgebung der Modelle fertig einrichten</translation>
        </message>
        <message>
            <source>Go on…</source>
            <translation>Fortsetzen…</translation>
        </message>
        <message>
            <source>Close; “First steps” in the menu Raster, COP-GEN brings them back.</source>
            <translation>Schließen; „Erste Schritte“ im Menü Raster, COP-GEN holt sie zurück.</translation>
        </message>
        <message>
            <source>Close the first steps</source>
            <translation>Die ersten Schritte schließen</translation>
        </message>
        <message>
            <source>All set. Choose a layer of your own below.</source>
            <translation>Alles bereit. Wählen Sie unten einen eigenen Layer.</translation>
        </message>
        <message>
            <source>done</source>
            <translation>erledigt</translation>
        </message>
        <message>
            <source>Last runs</source>
            <translation>Letzte Läufe</translation>
        </message>
        <message>
            <source>Run aga&amp;in</source>
            <translation>Noch e&amp;inmal</translation>
        </message>
        <message>
            <source>New seed</source>
            <translation>Neuer Startwert</translation>
        </message>
        <message>
            <source>Show se&amp;ttings</source>
            <translation>Eins&amp;tellungen</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>Startwert {seed}</translation>
        </message>
        <message>
            <source>Generate DEM from S2</source>
            <translation>DEM aus S2 erzeugen</translation>
        </message>
        <message>
            <source>Atmospheric correction (L1C to L2A)</source>
            <translation>Atmosphärenkorrektur (L1C zu L2A)</translation>
        </message>
        <message>
            <source>L1C from L2A</source>
            <translation>L1C aus L2A</translation>
        </message>
        <message>
            <source>S1 from S2</source>
            <translation>S1 aus S2</translation>
        </message>
        <message>
            <source>S2 from S1</source>
            <translation>S2 aus S1</translation>
        </message>
        <message>
            <source>Generate a synthetic hillshade picture from the selected Sentinel-2 layer</source>
            <translation>Erzeugt ein synthetisches Schummerungsbild aus dem ausgewählten Sentinel-2-Layer</translation>
        </message>
        <message>
            <source>Generate synthetic surface reflectance (L2A) from the selected L1C layer</source>
            <translation>Erzeugt synthetische Bodenreflektanz (L2A) aus dem ausgewählten L1C-Layer</translation>
        </message>
        <message>
            <source>Generate synthetic top-of-atmosphere pixels (L1C) from the selected L2A layer</source>
            <translation>Erzeugt synthetische Pixel vom Oberrand der Atmosphäre (L1C) aus dem ausgewählten L2A-Layer</translation>
        </message>
        <message>
            <source>Generate a synthetic Sentinel-1 picture from the selected Sentinel-2 layer</source>
            <translation>Erzeugt ein synthetisches Sentinel-1-Bild aus dem ausgewählten Sentinel-2-Layer</translation>
        </message>
        <message>
            <source>Generate a synthetic Sentinel-2 picture from the selected Sentinel-1 layer</source>
            <translation>Erzeugt ein synthetisches Sentinel-2-Bild aus dem ausgewählten Sentinel-1-Layer</translation>
        </message>
        <message>
            <source>Select a raster layer, then choose “{task}” again.</source>
            <translation>Bitte einen Rasterlayer auswählen, dann noch einmal „{task}“ wählen.</translation>
        </message>
        <message>
            <source>“{layer}” looks like {modality}, and this needs {needed}. Correct that if it is wrong.</source>
            <translation>„{layer}“ sieht aus wie {modality}, hier wird {needed} gebraucht. Wenn das falsch ist, bitte korrigieren.</translation>
        </message>
        <message>
            <source>Say what “{layer}” is, then generate.</source>
            <translation>Bitte sagen, was „{layer}“ ist, dann erzeugen.</translation>
        </message>
        <message>
            <source>“{layer}” looks like {modality} already. Correct that if it is wrong, then generate.</source>
            <translation>„{layer}“ sieht schon aus wie {modality}. Wenn das falsch ist, bitte korrigieren, dann erzeugen.</translation>
        </message>
        <message>
            <source>Choose a raster layer for every condition.</source>
            <translation>Bitte für jede Bedingung einen Rasterlayer wählen.</translation>
        </message>
        <message>
            <source>Two layers are given as {modality}; correct what one of them is, or remove it.</source>
            <translation>Zwei Layer sind als {modality} angegeben; bitte korrigieren, was einer davon ist, oder ihn entfernen.</translation>
        </message>
        <message>
            <source>The layers given as {modality} are corrected differently; correct all of them alike.</source>
            <translation>Die als {modality} angegebenen Layer sind verschieden korrigiert; korrigieren Sie alle gleich.</translation>
        </message>
        <message>
            <source>The export of the layers was cancelled.</source>
            <translation>Der Export der Layer wurde abgebrochen.</translation>
        </message>
        <message>
            <source>Say what every layer is.</source>
            <translation>Bitte sagen, was jeder Layer ist.</translation>
        </message>
        <message>
            <source>Choose all bands of a layer, or none.</source>
            <translation>Bitte alle Kanäle eines Layers wählen oder keinen.</translation>
        </message>
        <message>
            <source>Choose what to generate.</source>
            <translation>Bitte wählen, was erzeugt werden soll.</translation>
        </message>
        <message>
            <source>Will be exported first: {reason}.</source>
            <translation>Wird zuerst exportiert: {reason}.</translation>
        </message>
        <message>
            <source>{what} from {layer}</source>
            <translation>{what} aus {layer}</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>R&amp;un</source>
            <translation>A&amp;usführen</translation>
        </message>
        <message>
            <source>Ca&amp;ncel</source>
            <translation>Abbreche&amp;n</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Cancelling</source>
            <translation>Wird abgebrochen</translation>
        </message>
        <message>
            <source>Waiting for its turn</source>
            <translation>Wartet, bis er an der Reihe ist</translation>
        </message>
        <message>
            <source>Preview: {modality}</source>
            <translation>Vorschau: {modality}</translation>
        </message>
        <message>
            <source>{modality} as it denoises</source>
            <translation>{modality} beim Entrauschen</translation>
        </message>
        <message>
            <source>{count} waiting</source>
            <translation>{count} warten</translation>
        </message>
        <message>
            <source>Set &amp;up…</source>
            <translation>Ei&amp;nrichten…</translation>
        </message>
        <message>
            <source>Choose its P&amp;ython…</source>
            <translation>P&amp;ython wählen…</translation>
        </message>
        <message>
            <source>Start a&amp;gain</source>
            <translation>Neu s&amp;tarten</translation>
        </message>
        <message>
            <source>Show the set-&amp;up…</source>
            <translation>Ei&amp;nrichtung zeigen…</translation>
        </message>
        <message>
            <source>The models' environment is not set up yet.</source>
            <translation>Die Umgebung der Modelle ist noch nicht eingerichtet.</translation>
        </message>
        <message>
            <source>Settings of the run</source>
            <translation>Einstellungen des Laufs</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>Erzeugen</translation>
        </message>
        <message>
            <source>Given as a condition</source>
            <translation>Als Bedingung gegeben</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>1 chip</source>
            <translation>1 Kachel</translation>
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
            <translation>{seconds} s je Kachel</translation>
        </message>
        <message>
            <source>Band {bands}</source>
            <translation>Kanal {bands}</translation>
        </message>
        <message>
            <source>Bands {bands}</source>
            <translation>Kanäle {bands}</translation>
        </message>
        <message>
            <source>{stage} · about {time} left</source>
            <translation>{stage} · noch etwa {time}</translation>
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
            <translation>{count} Kacheln</translation>
        </message>
        <message>
            <source>time known after a first run</source>
            <translation>Zeit nach einem ersten Lauf bekannt</translation>
        </message>
        <message>
            <source>The device is known once the runtime has started.</source>
            <translation>Das Gerät ist bekannt, sobald die Modelle gestartet sind.</translation>
        </message>
        <message>
            <source>{memory} of memory</source>
            <translation>{memory} Speicher</translation>
        </message>
        <message>
            <source>Condition {modality}: {path}</source>
            <translation>Bedingung {modality}: {path}</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>etwa {time}</translation>
        </message>
        <message>
            <source>offset {offset}</source>
            <translation>Versatz {offset}</translation>
        </message>
        <message>
            <source>{name} used: {value}</source>
            <translation>{name} verwendet: {value}</translation>
        </message>
        <message>
            <source>{modality} is both an input and to be generated; leave one out.</source>
            <translation>{modality} ist zugleich Eingabe und zu erzeugen; bitte eines weglassen.</translation>
        </message>
        <message>
            <source>Temporary results go when QGIS is closed; export the layers to keep them.</source>
            <translation>Temporäre Ergebnisse verschwinden, wenn QGIS geschlossen wird; bitte die Layer exportieren, um sie zu behalten.</translation>
        </message>
        <message>
            <source>The result is synthetic: a generative model draws what is plausible. Nothing in it was measured; do not use it as evidence. Another seed draws another answer.</source>
            <translation>Das Ergebnis ist synthetisch: Ein generatives Modell zeichnet, was plausibel ist. Nichts darin wurde gemessen; es taugt nicht als Beleg. Ein anderer Startwert zeichnet eine andere Antwort.</translation>
        </message>
        <message>
            <source>synthetic,generate,satellite,elevation,hillshade,radar</source>
            <translation>synthetisch,erzeugen,Satellit,Höhe,Schummerung,Radar</translation>
        </message>
        <message>
            <source>Model that was used</source>
            <translation>Verwendetes Modell</translation>
        </message>
        <message>
            <source>Device that was used</source>
            <translation>Verwendetes Gerät</translation>
        </message>
        <message>
            <source>Cancelled; nothing was written.</source>
            <translation>Abgebrochen; es wurde nichts geschrieben.</translation>
        </message>
        <message>
            <source>{folder}: nothing there is called {pattern}; choose another folder or pattern.</source>
            <translation>{folder}: Nichts darin heißt {pattern}; bitte einen anderen Ordner oder ein anderes Muster wählen.</translation>
        </message>
        <message>
            <source>Generate for a folder or a tile index</source>
            <translation>Für einen Ordner oder Kachelindex erzeugen</translation>
        </message>
        <message>
            <source>Runs through all rasters of a folder, or through all polygons of a tile index over one raster, with the model loaded once. What fails is told and passed over. The results are called name_modality.tif.</source>
            <translation>Geht alle Raster eines Ordners oder alle Polygone eines Kachelindex über einem Raster durch; das Modell wird einmal geladen. Was misslingt, wird gemeldet und übergangen. Die Ergebnisse heißen name_modality.tif.</translation>
        </message>
        <message>
            <source>{layer}: {reason}; save it as a GeoTIFF first.</source>
            <translation>{layer}: {reason}; bitte zuerst als GeoTIFF speichern.</translation>
        </message>
        <message>
            <source>Names in the folder</source>
            <translation>Namen im Ordner</translation>
        </message>
        <message>
            <source>Tile index (polygons)</source>
            <translation>Kachelindex (Polygone)</translation>
        </message>
        <message>
            <source>Field with the tiles' names</source>
            <translation>Feld mit den Namen der Kacheln</translation>
        </message>
        <message>
            <source>{path} is open as a layer; remove the layer or choose another folder.</source>
            <translation>{path} ist als Layer geöffnet; bitte den Layer entfernen oder einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>Folder of rasters</source>
            <translation>Ordner mit Rastern</translation>
        </message>
        <message>
            <source>With * and ?; **/*.tif takes subfolders too. Each raster may cover 4,000 by 4,000 pixels of 10 m at most.</source>
            <translation>Mit * und ?; **/*.tif nimmt auch Unterordner. Ein Raster darf höchstens 4.000 mal 4.000 Pixel von 10 m bedecken.</translation>
        </message>
        <message>
            <source>Raster for the tile index</source>
            <translation>Raster zum Kachelindex</translation>
        </message>
        <message>
            <source>What the inputs show</source>
            <translation>Was die Eingaben zeigen</translation>
        </message>
        <message>
            <source>To generate</source>
            <translation>Zu erzeugen</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Kanäle</translation>
        </message>
        <message>
            <source>Folder for the results</source>
            <translation>Ordner für die Ergebnisse</translation>
        </message>
        <message>
            <source>Files that were written</source>
            <translation>Geschriebene Dateien</translation>
        </message>
        <message>
            <source>Names of what failed</source>
            <translation>Namen dessen, was misslang</translation>
        </message>
        <message>
            <source>Give a folder of rasters, or a tile index and its raster.</source>
            <translation>Bitte einen Ordner mit Rastern oder einen Kachelindex und sein Raster angeben.</translation>
        </message>
        <message>
            <source>The folder is temporary and goes when QGIS is closed; copy what you need.</source>
            <translation>Der Ordner ist temporär und verschwindet, wenn QGIS geschlossen wird; kopieren Sie, was Sie brauchen.</translation>
        </message>
        <message>
            <source>{path} is there already; remove it or choose another folder.</source>
            <translation>{path} ist schon da; bitte entfernen oder einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>Cancelled; what was written before stays: {files}</source>
            <translation>Abgebrochen; was zuvor geschrieben wurde, bleibt: {files}</translation>
        </message>
        <message>
            <source>Draws the terrain that a Sentinel-2 scene shows, as a hillshade lit from the north-west: a picture of relief in grey levels, no elevations in metres. The result lies on the input's pixels.</source>
            <translation>Zeichnet das Gelände einer Sentinel-2-Szene als Schummerung mit Licht aus Nordwesten: ein Bild des Reliefs in Grautönen, keine Höhen in Metern. Das Ergebnis liegt auf den Pixeln der Eingabe.</translation>
        </message>
        <message>
            <source>{name}: {path} is no GeoTIFF; results carry tags that mark them as synthetic, so end it in .tif.</source>
            <translation>{name}: {path} ist kein GeoTIFF; Ergebnisse tragen Angaben, die sie als synthetisch kennzeichnen, daher bitte auf .tif enden lassen.</translation>
        </message>
        <message>
            <source>{name}: {path} is open as a layer; remove the layer or choose another name.</source>
            <translation>{name}: {path} ist als Layer geöffnet; bitte den Layer entfernen oder einen anderen Namen wählen.</translation>
        </message>
        <message>
            <source>{name}: {folder} may not be written to; choose another folder.</source>
            <translation>{name}: In {folder} darf nicht geschrieben werden; bitte einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>{folder}: cannot be written to ({reason}); choose another folder.</source>
            <translation>{folder}: Dort lässt sich nicht schreiben ({reason}); bitte einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>{path}: cannot be written ({reason}); choose another destination.</source>
            <translation>{path}: Lässt sich nicht schreiben ({reason}); bitte ein anderes Ziel wählen.</translation>
        </message>
        <message>
            <source>{name}: {path} is the destination of another result too; choose another name.</source>
            <translation>{name}: {path} ist schon das Ziel eines anderen Ergebnisses; bitte einen anderen Namen wählen.</translation>
        </message>
        <message>
            <source>{name}: {path} is an input; choose another name.</source>
            <translation>{name}: {path} ist eine Eingabe; bitte einen anderen Namen wählen.</translation>
        </message>
        <message>
            <source>{name}: {path} is a folder; name a file in it.</source>
            <translation>{name}: {path} ist ein Ordner; bitte eine Datei darin nennen.</translation>
        </message>
        <message>
            <source>{layer} is exported first: {reason}.</source>
            <translation>{layer} wird zuerst exportiert: {reason}.</translation>
        </message>
        <message>
            <source>{layer}: the area lies where its coordinate reference system has no coordinates.</source>
            <translation>{layer}: Der Bereich liegt, wo sein Koordinatenbezugssystem keine Koordinaten hat.</translation>
        </message>
        <message>
            <source>Export a model to ONNX</source>
            <translation>Modell nach ONNX exportieren</translation>
        </message>
        <message>
            <source>Writes a model into a folder of its own, with ONNX graphs of its transformer and its autoencoder beside the weights. Give that folder as the model of any COP-GEN algorithm; it runs on ONNX Runtime and OpenVINO too, without torch. A large model takes minutes and several gigabytes of memory.</source>
            <translation>Schreibt ein Modell in einen eigenen Ordner, mit ONNX-Graphen von Transformer und Autoencoder neben den Gewichten. Geben Sie diesen Ordner als Modell eines beliebigen COP-GEN-Algorithmus an; es läuft auch mit ONNX Runtime und OpenVINO, ohne torch. Ein großes Modell braucht Minuten und mehrere Gigabyte Speicher.</translation>
        </message>
        <message>
            <source>What an exported model draws is as synthetic as what the model itself draws.</source>
            <translation>Was ein exportiertes Modell zeichnet, ist so synthetisch wie das, was das Modell selbst zeichnet.</translation>
        </message>
        <message>
            <source>fp32: as exact as the model. fp16: half the size, and half precision on graphics cards. int8: for processors; refused where it would change the pictures by more than one grey level on average.</source>
            <translation>fp32: so genau wie das Modell. fp16: halb so groß, und halbe Genauigkeit auf Grafikkarten. int8: für Prozessoren; abgelehnt, wo es die Bilder im Mittel um mehr als eine Graustufe ändern würde.</translation>
        </message>
        <message>
            <source>{name}: {path} is there already and not empty; choose another folder.</source>
            <translation>{name}: {path} gibt es schon und ist nicht leer; wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Version of the ONNX operators</source>
            <translation>Version der ONNX-Operatoren</translation>
        </message>
        <message>
            <source>auto, the name of an installed model, or a folder with one.</source>
            <translation>auto, der Name eines installierten Modells oder ein Ordner mit einem.</translation>
        </message>
        <message>
            <source>Folder for the exported model</source>
            <translation>Ordner für das exportierte Modell</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>Older programs that read ONNX need a smaller one.</source>
            <translation>Ältere Programme, die ONNX lesen, brauchen eine kleinere.</translation>
        </message>
        <message>
            <source>Generate missing modalities</source>
            <translation>Fehlende Modalitäten erzeugen</translation>
        </message>
        <message>
            <source>Draws what is missing of one place: elevation as a hillshade, a Sentinel-1 composite, Sentinel-2 L1C or L2A, any from any of the others. Give one input or more of the same place, and a destination for each modality you want; those are drawn together, so that they agree.</source>
            <translation>Zeichnet, was von einem Ort fehlt: Höhe als Schummerung, ein Sentinel-1-Komposit, Sentinel-2 L1C oder L2A, jedes aus jedem der anderen. Dafür eine oder mehrere Eingaben desselben Ortes angeben und ein Ziel für jede gewünschte Modalität; sie werden gemeinsam gezeichnet, damit sie zueinander passen.</translation>
        </message>
        <message>
            <source>No input is given; choose a raster for at least one of {inputs}.</source>
            <translation>Keine Eingabe angegeben; bitte ein Raster für mindestens eines von {inputs} wählen.</translation>
        </message>
        <message>
            <source>Nothing is to be generated; give a destination for at least one of {outputs}.</source>
            <translation>Nichts ist zu erzeugen; bitte ein Ziel für mindestens eines von {outputs} angeben.</translation>
        </message>
        <message>
            <source>Files of the second and later samples</source>
            <translation>Dateien der zweiten und weiterer Stichproben</translation>
        </message>
        <message>
            <source>{input}: encoding</source>
            <translation>{input}: Kodierung</translation>
        </message>
        <message>
            <source>{input}: bands</source>
            <translation>{input}: Kanäle</translation>
        </message>
        <message>
            <source>{input}: offset</source>
            <translation>{input}: Versatz</translation>
        </message>
        <message>
            <source>Draws how a Sentinel-2 scene would look from above the atmosphere: top-of-atmosphere reflectance (L1C) in red, green and blue from surface reflectance (L2A).</source>
            <translation>Zeichnet, wie eine Sentinel-2-Szene von oberhalb der Atmosphäre aussähe: Reflektanz am Oberrand der Atmosphäre (L1C) in Rot, Grün und Blau aus Bodenreflektanz (L2A).</translation>
        </message>
        <message>
            <source>Draws how a Sentinel-2 scene would look without the atmosphere: surface reflectance (L2A) in red, green and blue from top-of-atmosphere reflectance (L1C). A picture of what is plausible, not a radiative transfer.</source>
            <translation>Zeichnet, wie eine Sentinel-2-Szene ohne Atmosphäre aussähe: Bodenreflektanz (L2A) in Rot, Grün und Blau aus der Reflektanz am Oberrand der Atmosphäre (L1C). Ein Bild des Plausiblen, keine Strahlungstransferrechnung.</translation>
        </message>
        <message>
            <source>{name}: {layer} has no coordinate reference system; assign one in its properties.</source>
            <translation>{name}: {layer} hat kein Koordinatenbezugssystem; bitte eines in den Eigenschaften zuweisen.</translation>
        </message>
        <message>
            <source>{name}: {layer} holds no polygons; give a polygon layer.</source>
            <translation>{name}: {layer} enthält keine Polygone; bitte einen Polygonlayer angeben.</translation>
        </message>
        <message>
            <source>{name}: {layer} has no polygon to use; draw or select one.</source>
            <translation>{name}: {layer} hat kein verwendbares Polygon; bitte eines zeichnen oder auswählen.</translation>
        </message>
        <message>
            <source>The polygons of the mask cannot be written ({reason}).</source>
            <translation>Die Polygone der Maske lassen sich nicht schreiben ({reason}).</translation>
        </message>
        <message>
            <source>Level of the input; auto recognises it, and takes {level} where nothing tells.</source>
            <translation>Stufe der Eingabe; auto erkennt sie und nimmt {level}, wo nichts sie verrät.</translation>
        </message>
        <message>
            <source>Sentinel-2 scene</source>
            <translation>Sentinel-2-Szene</translation>
        </message>
        <message>
            <source>Level of the result: surface reflectance (l2a) or top of atmosphere (l1c).</source>
            <translation>Stufe des Ergebnisses: Bodenreflektanz (l2a) oder Oberrand der Atmosphäre (l1c).</translation>
        </message>
        <message>
            <source>Level of the input</source>
            <translation>Stufe der Eingabe</translation>
        </message>
        <message>
            <source>{layer} is {found}, and this needs {needed}; choose another input or algorithm, or set LEVEL.</source>
            <translation>{layer} ist {found}, hier wird {needed} gebraucht; bitte eine andere Eingabe oder einen anderen Algorithmus wählen oder LEVEL setzen.</translation>
        </message>
        <message>
            <source>Level of the result</source>
            <translation>Stufe des Ergebnisses</translation>
        </message>
        <message>
            <source>{layer}: nothing tells its level, taken for {modality}; set LEVEL if that is wrong.</source>
            <translation>{layer}: Nichts verrät die Stufe, angenommen wird {modality}; wenn das falsch ist, bitte LEVEL setzen.</translation>
        </message>
        <message>
            <source>Numbers or names, separated by commas, in the order red, green, blue or VV, VH. Empty: recognised.</source>
            <translation>Nummern oder Namen, durch Kommas getrennt, in der Reihenfolge Rot, Grün, Blau oder VV, VH. Leer: wird erkannt.</translation>
        </message>
        <message>
            <source>What the stored numbers are; auto recognises it from the file.</source>
            <translation>Was die gespeicherten Zahlen sind; auto erkennt es aus der Datei.</translation>
        </message>
        <message>
            <source>auto, or the number added to the stored numbers: −1000 for Sentinel-2 baseline 04.00 and later, else 0.</source>
            <translation>auto oder die Zahl, die zu den gespeicherten Zahlen addiert wird: −1000 für Sentinel-2 ab Baseline 04.00, sonst 0.</translation>
        </message>
        <message>
            <source>How many answers to draw; the second and later ones are written beside as name_sample2.tif and so on.</source>
            <translation>Wie viele Antworten gezeichnet werden; die zweite und weitere stehen daneben als name_sample2.tif und so fort.</translation>
        </message>
        <message>
            <source>Only this part is generated. Empty: all that the inputs share, at most 4,000 by 4,000 pixels of 10 m.</source>
            <translation>Nur dieser Teil wird erzeugt. Leer: alles, was die Eingaben gemeinsam haben, höchstens 4.000 mal 4.000 Pixel zu 10 m.</translation>
        </message>
        <message>
            <source>Pixels outside the polygons become nodata; give the area too, to save the time for what lies outside.</source>
            <translation>Pixel außerhalb der Polygone werden NoData; wer auch den Bereich angibt, spart die Zeit für das Äußere.</translation>
        </message>
        <message>
            <source>reference: the 50 evaluations of the published results; fast: a solver that needs 8 to 10, tried on the embedded model only; auto: as the model was made for.</source>
            <translation>reference: die 50 Auswertungen der veröffentlichten Ergebnisse; fast: ein Verfahren, das 8 bis 10 braucht, erprobt nur am eingebauten Modell; auto: wofür das Modell gemacht ist.</translation>
        </message>
        <message>
            <source>Evaluations of the network; 0: as many as the preset has.</source>
            <translation>Auswertungen des Netzes; 0: so viele, wie die Voreinstellung hat.</translation>
        </message>
        <message>
            <source>The same seed gives the same picture, another seed another one that is as likely.</source>
            <translation>Derselbe Startwert ergibt dasselbe Bild, ein anderer ein anderes, das ebenso wahrscheinlich ist.</translation>
        </message>
        <message>
            <source>Empty: that of the input where it is in metres, else the UTM zone of the area.</source>
            <translation>Leer: das der Eingabe, wenn es in Metern ist, sonst die UTM-Zone des Bereichs.</translation>
        </message>
        <message>
            <source>auto takes the fastest one that works.</source>
            <translation>auto nimmt das schnellste, das funktioniert.</translation>
        </message>
        <message>
            <source>Mask (polygons)</source>
            <translation>Maske (Polygone)</translation>
        </message>
        <message>
            <source>Coordinate reference system of the results</source>
            <translation>Koordinatenbezugssystem der Ergebnisse</translation>
        </message>
        <message>
            <source>{name}: {value} cannot be opened as a raster; it is damaged or of an unknown format.</source>
            <translation>{name}: {value} lässt sich nicht als Raster öffnen; die Datei ist beschädigt oder von unbekanntem Format.</translation>
        </message>
        <message>
            <source>{name}: {value} is unknown; use {options}.</source>
            <translation>{name}: {value} ist unbekannt; möglich sind {options}.</translation>
        </message>
        <message>
            <source>{name}: {value} lies outside {lowest} to {highest}.</source>
            <translation>{name}: {value} liegt außerhalb von {lowest} bis {highest}.</translation>
        </message>
        <message>
            <source>{name}: there is no folder {model}; give auto, the name of a model or its folder.</source>
            <translation>{name}: Einen Ordner {model} gibt es nicht; bitte auto, den Namen eines Modells oder seinen Ordner angeben.</translation>
        </message>
        <message>
            <source>{name}: {value} is no coordinate reference system; give one such as EPSG:32632.</source>
            <translation>{name}: {value} ist kein Koordinatenbezugssystem; bitte eines wie EPSG:32632 angeben.</translation>
        </message>
        <message>
            <source>{name}: {value} is no area there; give west, east, south, north and the reference system.</source>
            <translation>{name}: {value} ist dort kein Bereich; bitte Westen, Osten, Süden, Norden und das Bezugssystem angeben.</translation>
        </message>
        <message>
            <source>{name}: the area does not overlap {layer}; choose one where it has pixels.</source>
            <translation>{name}: Der Bereich überschneidet {layer} nicht; bitte einen wählen, in dem es Pixel gibt.</translation>
        </message>
        <message>
            <source>{name}: {value} cannot be opened as a vector layer; give polygons.</source>
            <translation>{name}: {value} lässt sich nicht als Vektorlayer öffnen; bitte Polygone angeben.</translation>
        </message>
        <message>
            <source>{name}: {value} is no number; give auto or a number such as -1000.</source>
            <translation>{name}: {value} ist keine Zahl; bitte auto oder eine Zahl wie -1000 angeben.</translation>
        </message>
        <message>
            <source>{name}: there is no file {path}; choose another.</source>
            <translation>{name}: Eine Datei {path} gibt es nicht; bitte eine andere wählen.</translation>
        </message>
        <message>
            <source>{name}: no raster is given; choose one.</source>
            <translation>{name}: Kein Raster angegeben; bitte eines wählen.</translation>
        </message>
        <message>
            <source>{name}: a whole number is needed, found {value}.</source>
            <translation>{name}: Hier wird eine ganze Zahl gebraucht, gefunden wurde {value}.</translation>
        </message>
        <message>
            <source>{model} on {device}: {chips} chip(s), {steps} steps, {seconds} s</source>
            <translation>{model} auf {device}: {chips} Kachel(n), {steps} Schritte, {seconds} s</translation>
        </message>
        <message>
            <source>The plugin was unloaded or updated meanwhile; what was written before stays. Start it again.</source>
            <translation>Die Erweiterung wurde inzwischen entladen oder aktualisiert; was vorher geschrieben wurde, bleibt. Starten Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{modality}: {file}, bands {bands} ({bands_source}), {encoding}, offset {offset} ({offset_source})</source>
            <translation>{modality}: {file}, Kanäle {bands} ({bands_source}), {encoding}, Versatz {offset} ({offset_source})</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>Der Lauf wurde abgebrochen.</translation>
        </message>
        <message>
            <source>Draws how radar would see a Sentinel-2 scene: a Sentinel-1 composite in 8 bits, red for VV, blue for VH and green for their sum, after terrain correction. A picture, no backscatter in decibels.</source>
            <translation>Zeichnet, wie Radar eine Sentinel-2-Szene sähe: ein Sentinel-1-Komposit in 8 Bit, Rot für VV, Blau für VH und Grün für ihre Summe, geländekorrigiert. Ein Bild, keine Rückstreuung in Dezibel.</translation>
        </message>
        <message>
            <source>Draws how Sentinel-2 might see what Sentinel-1 measured (VV and VH, terrain corrected), below clouds too: reflectance in red, green and blue, at the surface (L2A) or above the atmosphere (L1C).</source>
            <translation>Zeichnet, wie Sentinel-2 sehen könnte, was Sentinel-1 gemessen hat (VV und VH, geländekorrigiert), auch unter Wolken: Reflektanz in Rot, Grün und Blau, am Boden (L2A) oder oberhalb der Atmosphäre (L1C).</translation>
        </message>
        <message>
            <source>{name}: no polygon overlaps {layer}; give tiles of the same place.</source>
            <translation>{name}: Kein Polygon überschneidet {layer}; bitte Kacheln desselben Ortes angeben.</translation>
        </message>
        <message>
            <source>{name}: no polygons are given; choose a layer.</source>
            <translation>{name}: Keine Polygone angegeben; bitte einen Layer wählen.</translation>
        </message>
        <message>
            <source>it crashed or was killed, as happens when memory runs out</source>
            <translation>er ist abgestürzt oder wurde beendet, wie es bei zu wenig Speicher geschieht</translation>
        </message>
        <message>
            <source>it could not be started ({reason})</source>
            <translation>er konnte nicht gestartet werden ({reason})</translation>
        </message>
        <message>
            <source>it ended with status {status}</source>
            <translation>er endete mit Status {status}</translation>
        </message>
        <message>
            <source>The Python in the settings</source>
            <translation>Das Python in den Einstellungen</translation>
        </message>
        <message>
            <source>The set-up of the models' environment is not finished; go on with it in the COP-GEN panel.</source>
            <translation>Die Umgebung der Modelle ist nicht fertig eingerichtet; setzen Sie die Einrichtung im COP-GEN-Fenster fort.</translation>
        </message>
        <message>
            <source>The models' environment is not set up yet: choose Set up in the COP-GEN panel, or start QGIS with the environment variable {variable} set to a Python that has their packages.</source>
            <translation>Die Umgebung der Modelle ist noch nicht eingerichtet: Wählen Sie im COP-GEN-Fenster „Einrichten“, oder starten Sie QGIS mit der Umgebungsvariablen {variable}, die auf ein Python mit deren Paketen zeigt.</translation>
        </message>
        <message>
            <source>{name}: {path} is no program; choose the Python of the models' environment.</source>
            <translation>{name}: {path} ist kein Programm; bitte das Python der Modellumgebung wählen.</translation>
        </message>
        <message>
            <source>The models' process is starting.</source>
            <translation>Der Prozess der Modelle startet.</translation>
        </message>
        <message>
            <source>The models' process ended unexpectedly: {reason}. The next run starts it again.</source>
            <translation>Der Prozess der Modelle endete unerwartet: {reason}. Der nächste Lauf startet ihn wieder.</translation>
        </message>
        <message>
            <source>The models are not loaded; the first run loads them.</source>
            <translation>Die Modelle sind nicht geladen; der erste Lauf lädt sie.</translation>
        </message>
        <message>
            <source>The models' environment is being changed; wait for the end of its set-up.</source>
            <translation>Die Umgebung der Modelle wird gerade geändert; warten Sie das Ende der Einrichtung ab.</translation>
        </message>
        <message>
            <source>Running.</source>
            <translation>Läuft.</translation>
        </message>
        <message>
            <source>Ready.</source>
            <translation>Bereit.</translation>
        </message>
        <message>
            <source>The models' process speaks another language than this plugin ({reason}).</source>
            <translation>Der Prozess der Modelle spricht eine andere Sprache als diese Erweiterung ({reason}).</translation>
        </message>
        <message>
            <source>COP-GEN: environment of the models</source>
            <translation>COP-GEN: Umgebung der Modelle</translation>
        </message>
        <message>
            <source>Progress of the set-up</source>
            <translation>Fortschritt der Einrichtung</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>Optionen</translation>
        </message>
        <message>
            <source>Environment and models lie here, outside QGIS and the plugin.</source>
            <translation>Hier liegen Umgebung und Modelle, außerhalb von QGIS und der Erweiterung.</translation>
        </message>
        <message>
            <source>A folder with all wheels; nothing is fetched from a network then.</source>
            <translation>Ein Ordner mit allen Wheels; dann wird nichts aus einem Netz geholt.</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>&amp;Ordner</translation>
        </message>
        <message>
            <source>P&amp;ython</source>
            <translation>P&amp;ython</translation>
        </message>
        <message>
            <source>P&amp;rocessor</source>
            <translation>P&amp;rozessor</translation>
        </message>
        <message>
            <source>Folder of &amp;wheels</source>
            <translation>Ordner mit &amp;Wheels</translation>
        </message>
        <message>
            <source>Package inde&amp;x</source>
            <translation>Paketinde&amp;x</translation>
        </message>
        <message>
            <source>Index for &amp;torch</source>
            <translation>Index für &amp;torch</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <source>&amp;Set up</source>
            <translation>&amp;Einrichten</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>Copy &amp;report</source>
            <translation>&amp;Bericht kopieren</translation>
        </message>
        <message>
            <source>For a question to others; without your name, home folder, passwords and tokens.</source>
            <translation>Für eine Frage an andere; ohne Ihren Namen, Ihren Benutzerordner, Passwörter und Zugangsschlüssel.</translation>
        </message>
        <message>
            <source>&amp;Use another Python…</source>
            <translation>Anderes Python &amp;verwenden…</translation>
        </message>
        <message>
            <source>A Python that has all packages already; nothing is installed.</source>
            <translation>Ein Python, das alle Pakete schon hat; es wird nichts installiert.</translation>
        </message>
        <message>
            <source>Re&amp;move…</source>
            <translation>Ent&amp;fernen…</translation>
        </message>
        <message>
            <source>Cl&amp;ose</source>
            <translation>Sch&amp;ließen</translation>
        </message>
        <message>
            <source>What the set-up installed is deleted. Models and results stay.</source>
            <translation>Was die Einrichtung installiert hat, wird gelöscht. Modelle und Ergebnisse bleiben.</translation>
        </message>
        <message>
            <source>As the machine is</source>
            <translation>Wie es der Rechner hat</translation>
        </message>
        <message>
            <source>CPU or Apple GPU</source>
            <translation>CPU oder Apple-GPU</translation>
        </message>
        <message>
            <source>the usual one</source>
            <translation>der übliche</translation>
        </message>
        <message>
            <source>Python {versions} to make the environment with; empty: looked for.</source>
            <translation>Python {versions}, mit dem die Umgebung angelegt wird; leer: wird gesucht.</translation>
        </message>
        <message>
            <source>Remove the environment in {folder}?</source>
            <translation>Die Umgebung in {folder} entfernen?</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>&amp;Fortsetzen</translation>
        </message>
        <message>
            <source>&amp;Update</source>
            <translation>A&amp;ktualisieren</translation>
        </message>
        <message>
            <source>&amp;Set up again</source>
            <translation>&amp;Neu einrichten</translation>
        </message>
        <message>
            <source>The environment is ready.</source>
            <translation>Die Umgebung ist bereit.</translation>
        </message>
        <message>
            <source>For NVIDIA it is several gigabytes.</source>
            <translation>Für NVIDIA sind es mehrere Gigabyte.</translation>
        </message>
        <message>
            <source>Removing…</source>
            <translation>Wird entfernt…</translation>
        </message>
        <message>
            <source>Cancelled. What is done need not be done again.</source>
            <translation>Abgebrochen. Was erledigt ist, muss nicht noch einmal getan werden.</translation>
        </message>
        <message>
            <source>The set-up stopped: {detail}. The details tell more.</source>
            <translation>Die Einrichtung wurde beendet: {detail}. Mehr steht unter Einzelheiten.</translation>
        </message>
        <message>
            <source>A run is going on; wait for its end or cancel it, then try again.</source>
            <translation>Es läuft gerade ein Auftrag; warten Sie sein Ende ab oder brechen Sie ihn ab und versuchen Sie es dann noch einmal.</translation>
        </message>
        <message>
            <source>Python {versions} is needed, and found was: {detail}. Install one (python.org or your system's packages) or the program uv, then try again; or choose one under Options.</source>
            <translation>Nötig ist Python {versions}, gefunden wurde: {detail}. Installieren Sie eines (python.org oder die Pakete Ihres Systems) oder das Programm uv und versuchen Sie es noch einmal; oder wählen Sie eines unter Optionen.</translation>
        </message>
        <message>
            <source>Another QGIS is at the set-up of this environment; wait for its end.</source>
            <translation>Ein anderes QGIS richtet diese Umgebung gerade ein; warten Sie, bis es fertig ist.</translation>
        </message>
        <message>
            <source>{detail} lies in the plugin's own folder, which QGIS deletes on every upgrade; choose another.</source>
            <translation>{detail} liegt im Ordner der Erweiterung, den QGIS bei jeder Aktualisierung löscht; wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>{detail} exists already and was not made by this plugin; choose another folder.</source>
            <translation>{detail} gibt es schon und stammt nicht von dieser Erweiterung; wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>The disk has not enough room ({detail}). Free some, or choose a folder on another disk.</source>
            <translation>Auf dem Datenträger ist nicht genug Platz ({detail}). Schaffen Sie Platz, oder wählen Sie einen Ordner auf einem anderen.</translation>
        </message>
        <message>
            <source>{detail} cannot be written; choose another folder or ask for the right to write there.</source>
            <translation>{detail} lässt sich nicht schreiben; wählen Sie einen anderen Ordner, oder lassen Sie sich das Schreibrecht geben.</translation>
        </message>
        <message>
            <source>{detail} cannot be reached. Check the connection, and the proxy in QGIS's network settings, then go on; what was fetched is kept. Another index, or a folder of wheels where there is no network, goes under Options.</source>
            <translation>{detail} ist nicht erreichbar. Prüfen Sie die Verbindung und den Proxy in den Netzwerkeinstellungen von QGIS und setzen Sie dann fort; was geholt wurde, bleibt. Einen anderen Index, oder ohne Netz einen Ordner mit Wheels, geben Sie unter Optionen an.</translation>
        </message>
        <message>
            <source>The proxy does not let it through; check its address and password in QGIS's network settings.</source>
            <translation>Der Proxy lässt es nicht durch; prüfen Sie seine Adresse und sein Passwort in den Netzwerkeinstellungen von QGIS.</translation>
        </message>
        <message>
            <source>The certificate of the package index is not trusted. If your organisation has its own authority, add it in QGIS's settings under Authentication, Manage certificates.</source>
            <translation>Dem Zertifikat des Paketindex wird nicht vertraut. Hat Ihre Organisation eine eigene Zertifizierungsstelle, fügen Sie sie in den Einstellungen von QGIS unter Authentifizierung, Zertifikate verwalten hinzu.</translation>
        </message>
        <message>
            <source>The package index refuses access; check its address under Options.</source>
            <translation>Der Paketindex verweigert den Zugang; prüfen Sie seine Adresse unter Optionen.</translation>
        </message>
        <message>
            <source>The address of the package index does not begin with https; correct it under Options.</source>
            <translation>Die Adresse des Paketindex beginnt nicht mit https; berichtigen Sie sie unter Optionen.</translation>
        </message>
        <message>
            <source>What was fetched is damaged ({detail}); try again, or choose another package index.</source>
            <translation>Was geholt wurde, ist beschädigt ({detail}); versuchen Sie es noch einmal, oder wählen Sie einen anderen Paketindex.</translation>
        </message>
        <message>
            <source>A package is not there for this Python: {detail}. Choose a Python of another version, another package index, or a complete folder of wheels under Options.</source>
            <translation>Ein Paket gibt es für dieses Python nicht: {detail}. Wählen Sie unter Optionen ein Python einer anderen Version, einen anderen Paketindex oder einen vollständigen Ordner mit Wheels.</translation>
        </message>
        <message>
            <source>Everything is installed, but the self-test failed: {detail}.</source>
            <translation>Alles ist installiert, aber der Selbsttest schlug fehl: {detail}.</translation>
        </message>
        <message>
            <source>The set-up was ended from outside ({detail}); go on to finish it.</source>
            <translation>Die Einrichtung wurde von außen beendet ({detail}); setzen Sie sie fort.</translation>
        </message>
        <message>
            <source>All of it is here; unpacking and installing it may take some minutes.</source>
            <translation>Alles ist da; das Entpacken und Installieren kann einige Minuten dauern.</translation>
        </message>
        <message>
            <source>In all: {done} of about {total}</source>
            <translation>Insgesamt: {done} von etwa {total}</translation>
        </message>
        <message>
            <source>In all: {done}</source>
            <translation>Insgesamt: {done}</translation>
        </message>
        <message>
            <source>Cancelling…</source>
            <translation>Wird abgebrochen…</translation>
        </message>
        <message>
            <source>Looking for a Python…</source>
            <translation>Ein Python wird gesucht…</translation>
        </message>
        <message>
            <source>The environment was removed.</source>
            <translation>Die Umgebung wurde entfernt.</translation>
        </message>
        <message>
            <source>There was nothing of ours to remove.</source>
            <translation>Es gab nichts von uns zu entfernen.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keines</translation>
        </message>
        <message>
            <source>{what}: {done} of {total}</source>
            <translation>{what}: {done} von {total}</translation>
        </message>
        <message>
            <source>About {fetched} are fetched and {kept} kept.</source>
            <translation>Etwa {fetched} werden geholt und {kept} behalten.</translation>
        </message>
        <message>
            <source>The models run in a Python environment of their own, apart from QGIS. It is made here; nothing is installed into QGIS.</source>
            <translation>Die Modelle laufen in einer eigenen Python-Umgebung, getrennt von QGIS. Sie wird hier angelegt; in QGIS wird nichts installiert.</translation>
        </message>
        <message>
            <source>The set-up is not finished; it goes on where it stopped.</source>
            <translation>Die Einrichtung ist nicht fertig; sie geht weiter, wo sie aufhörte.</translation>
        </message>
        <message>
            <source>QGIS was started with {variable}, whose Python is used.</source>
            <translation>QGIS wurde mit {variable} gestartet; dessen Python wird verwendet.</translation>
        </message>
        <message>
            <source>The package index</source>
            <translation>Der Paketindex</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>Umgebung anlegen</translation>
        </message>
        <message>
            <source>Installing pip, which fetches the rest</source>
            <translation>pip installieren, das alles Weitere holt</translation>
        </message>
        <message>
            <source>Fetching and installing PyTorch, the largest part</source>
            <translation>PyTorch, den größten Teil, holen und installieren</translation>
        </message>
        <message>
            <source>Fetching and installing the other packages</source>
            <translation>Die anderen Pakete holen und installieren</translation>
        </message>
        <message>
            <source>Self-test</source>
            <translation>Selbsttest</translation>
        </message>
        <message>
            <source>{step}: done before</source>
            <translation>{step}: schon erledigt</translation>
        </message>
        <message>
            <source>The change of the environment is not finished; until it is, the models run in the one from before.</source>
            <translation>Die Änderung der Umgebung ist nicht abgeschlossen; bis dahin laufen die Modelle in der bisherigen.</translation>
        </message>
        <message>
            <source>The environment was made for an earlier version of this plugin; update it.</source>
            <translation>Die Umgebung gehört zu einer früheren Version dieser Erweiterung; aktualisieren Sie sie.</translation>
        </message>
        <message>
            <source>{speed} a second</source>
            <translation>{speed} pro Sekunde</translation>
        </message>
        <message>
            <source>the server sends a web page instead, as where one has to sign in to the network first</source>
            <translation>der Server schickt stattdessen eine Webseite, wie dort, wo man sich erst im Netz anmelden muss</translation>
        </message>
        <message>
            <source>the server has no such file</source>
            <translation>der Server hat keine solche Datei</translation>
        </message>
        <message>
            <source>the server's certificate is not trusted; see Authentication in QGIS's options</source>
            <translation>dem Zertifikat des Servers wird nicht vertraut; siehe Authentifizierung in den Optionen von QGIS</translation>
        </message>
        <message>
            <source>the proxy does not let it through; see Network in QGIS's options</source>
            <translation>der Proxy lässt es nicht durch; siehe Netzwerk in den Optionen von QGIS</translation>
        </message>
        <message>
            <source>the connection was cut</source>
            <translation>die Verbindung brach ab</translation>
        </message>
        <message>
            <source>{offered} bytes are offered, the published file has {size}</source>
            <translation>{offered} Bytes werden angeboten, die veröffentlichte Datei hat {size}</translation>
        </message>
        <message>
            <source>the server gave another part (“{range}”) than was asked for</source>
            <translation>der Server gab einen anderen Teil („{range}“) als verlangt</translation>
        </message>
        <message>
            <source>the server refuses it to us (status {status})</source>
            <translation>der Server verweigert es uns (Status {status})</translation>
        </message>
        <message>
            <source>the server answers with status {status}</source>
            <translation>der Server antwortet mit Status {status}</translation>
        </message>
        <message>
            <source>{path} cannot be read as a list of models ({reason}); install the plugin again.</source>
            <translation>{path} lässt sich nicht als Liste von Modellen lesen ({reason}); installieren Sie das Plugin noch einmal.</translation>
        </message>
        <message>
            <source>COP-GEN: models</source>
            <translation>COP-GEN: Modelle</translation>
        </message>
        <message>
            <source>Card of the model</source>
            <translation>Karte des Modells</translation>
        </message>
        <message>
            <source>I have read the licence and the card</source>
            <translation>Ich habe Lizenz und Karte gelesen</translation>
        </message>
        <message>
            <source>&amp;From</source>
            <translation>&amp;Von</translation>
        </message>
        <message>
            <source>the usual hub; or a mirror's address, or a folder</source>
            <translation>der übliche Ort; oder die Adresse eines Spiegels, oder ein Ordner</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Einen Ordner wählen</translation>
        </message>
        <message>
            <source>&amp;Download</source>
            <translation>&amp;Herunterladen</translation>
        </message>
        <message>
            <source>What arrived is kept for the next time.</source>
            <translation>Was ankam, wird für das nächste Mal behalten.</translation>
        </message>
        <message>
            <source>&amp;Verify</source>
            <translation>&amp;Prüfen</translation>
        </message>
        <message>
            <source>Read all of the model and compare it with what was installed.</source>
            <translation>Das ganze Modell lesen und mit dem Installierten vergleichen.</translation>
        </message>
        <message>
            <source>&amp;Remove…</source>
            <translation>&amp;Entfernen…</translation>
        </message>
        <message>
            <source>&amp;Import files…</source>
            <translation>Dateien &amp;importieren…</translation>
        </message>
        <message>
            <source>Choose the folder that holds the model's files</source>
            <translation>Den Ordner mit den Dateien des Modells wählen</translation>
        </message>
        <message>
            <source>Remove “{name}” from this computer?</source>
            <translation>„{name}“ von diesem Rechner entfernen?</translation>
        </message>
        <message>
            <source>Remove what was fetched of “{name}”?</source>
            <translation>Was von „{name}“ geholt wurde, entfernen?</translation>
        </message>
        <message>
            <source>Ma&amp;ke the model</source>
            <translation>Das Modell &amp;machen</translation>
        </message>
        <message>
            <source>Read the licence and the card first.</source>
            <translation>Lesen Sie zuerst Lizenz und Karte.</translation>
        </message>
        <message>
            <source>Set up the models' environment first.</source>
            <translation>Richten Sie zuerst die Umgebung der Modelle ein.</translation>
        </message>
        <message>
            <source>&amp;Continue the download</source>
            <translation>Download &amp;fortsetzen</translation>
        </message>
        <message>
            <source>All files are here and checked; set up the models' environment, then continue.</source>
            <translation>Alle Dateien sind da und geprüft; richten Sie die Umgebung der Modelle ein und setzen Sie dann fort.</translation>
        </message>
        <message>
            <source>Another QGIS or program is fetching this model; wait for it or stop it.</source>
            <translation>Ein anderes QGIS oder Programm holt dieses Modell gerade; warten Sie darauf oder beenden Sie es.</translation>
        </message>
        <message>
            <source>{path} cannot be written ({reason}); choose another folder.</source>
            <translation>{path} kann nicht geschrieben werden ({reason}); wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{file} is not the published file (its SHA-256 is another one) and was thrown away; try again, or give another mirror.</source>
            <translation>{file} ist nicht die veröffentlichte Datei (die SHA-256 ist eine andere) und wurde verworfen; versuchen Sie es noch einmal, oder geben Sie einen anderen Spiegel an.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}); it stays, try again.</source>
            <translation>{path} lässt sich nicht lesen ({reason}); die Datei bleibt, versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{folder} holds no {file}; put that file of {repository} there.</source>
            <translation>{folder} enthält kein {file}; legen Sie diese Datei von {repository} dorthin.</translation>
        </message>
        <message>
            <source>Import a model</source>
            <translation>Ein Modell importieren</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Eine Datei wählen</translation>
        </message>
        <message>
            <source>Either the folder of a model, or its two files in a published layout: .pth or .safetensors. They stay where they are; a copy is made.</source>
            <translation>Entweder der Ordner eines Modells, oder seine zwei Dateien in einer veröffentlichten Form: .pth oder .safetensors. Sie bleiben, wo sie sind; es wird eine Kopie gemacht.</translation>
        </message>
        <message>
            <source>&amp;Folder of a model</source>
            <translation>&amp;Ordner eines Modells</translation>
        </message>
        <message>
            <source>&amp;Transformer</source>
            <translation>&amp;Transformer</translation>
        </message>
        <message>
            <source>&amp;Autoencoder</source>
            <translation>&amp;Autoencoder</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>{folder}: {free} GB are free and {needed} GB needed, for the files and the model made of them; make room, or choose another folder.</source>
            <translation>{folder}: {free} GB sind frei und {needed} GB nötig, für die Dateien und das Modell daraus; schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{folder}: no such folder; give one that holds the files, or the address of a mirror.</source>
            <translation>{folder}: kein solcher Ordner; geben Sie einen mit den Dateien an, oder die Adresse eines Spiegels.</translation>
        </message>
        <message>
            <source>{address}: give an address that begins with https://, or a folder.</source>
            <translation>{address}: geben Sie eine Adresse an, die mit https:// beginnt, oder einen Ordner.</translation>
        </message>
        <message>
            <source>{folder} is there already; move it somewhere else or remove it.</source>
            <translation>{folder} ist schon da; verschieben oder entfernen Sie ihn.</translation>
        </message>
        <message>
            <source>Give the model a name.</source>
            <translation>Geben Sie dem Modell einen Namen.</translation>
        </message>
        <message>
            <source>Choose either the folder of a model, or the files of a transformer and its autoencoder.</source>
            <translation>Wählen Sie entweder den Ordner eines Modells oder die Dateien eines Transformers und seines Autoencoders.</translation>
        </message>
        <message>
            <source>A model “{name}” is there already; remove it or choose another name.</source>
            <translation>Ein Modell „{name}“ ist schon da; entfernen Sie es, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>Something goes on with “{name}” already; wait for it, cancel it or choose another name.</source>
            <translation>Mit „{name}“ geschieht schon etwas; warten Sie darauf, brechen Sie es ab oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{path} cannot be removed ({reason}); end what uses it and try again.</source>
            <translation>{path} kann nicht entfernt werden ({reason}); beenden Sie, was es benutzt, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{file} cannot be fetched: {reason}. What arrived is kept; try again later, or give a mirror or a folder.</source>
            <translation>{file} kann nicht geholt werden: {reason}. Was ankam, wird behalten; versuchen Sie es später noch einmal, oder geben Sie einen Spiegel oder Ordner an.</translation>
        </message>
        <message>
            <source>The disk of {folder} is full; make room and continue.</source>
            <translation>Der Datenträger von {folder} ist voll; schaffen Sie Platz und setzen Sie fort.</translation>
        </message>
        <message>
            <source>the server sends more bytes than the published file has</source>
            <translation>der Server schickt mehr Bytes, als die veröffentlichte Datei hat</translation>
        </message>
        <message>
            <source>the server leads round in circles</source>
            <translation>der Server führt im Kreis</translation>
        </message>
        <message>
            <source>the server does not answer as a hub of models does</source>
            <translation>der Server antwortet nicht so wie ein Ort für Modelle</translation>
        </message>
        <message>
            <source>the server leads to an address that is not safe</source>
            <translation>der Server führt zu einer unsicheren Adresse</translation>
        </message>
        <message>
            <source>embedded</source>
            <translation>mitgeliefert</translation>
        </message>
        <message>
            <source>not downloaded</source>
            <translation>nicht heruntergeladen</translation>
        </message>
        <message>
            <source>all files are here, not converted yet</source>
            <translation>alle Dateien sind da, noch nicht umgewandelt</translation>
        </message>
        <message>
            <source>downloaded and verified</source>
            <translation>heruntergeladen und geprüft</translation>
        </message>
        <message>
            <source>installed, not verified</source>
            <translation>installiert, nicht geprüft</translation>
        </message>
        <message>
            <source>damaged</source>
            <translation>beschädigt</translation>
        </message>
        <message>
            <source>Making the model…</source>
            <translation>Das Modell wird gemacht…</translation>
        </message>
        <message>
            <source>Comparing what came with the published file…</source>
            <translation>Was ankam, wird mit der veröffentlichten Datei verglichen…</translation>
        </message>
        <message>
            <source>Waiting for the models' process…</source>
            <translation>Warten auf den Prozess der Modelle…</translation>
        </message>
        <message>
            <source>Reading all of it…</source>
            <translation>Alles wird gelesen…</translation>
        </message>
        <message>
            <source>{there} of {size} are here</source>
            <translation>{there} von {size} sind da</translation>
        </message>
        <message>
            <source>{there} of {size}</source>
            <translation>{there} von {size}</translation>
        </message>
        <message>
            <source>{file} from {repository}, {size}</source>
            <translation>{file} von {repository}, {size}</translation>
        </message>
        <message>
            <source>{size} a second</source>
            <translation>{size} je Sekunde</translation>
        </message>
        <message>
            <source>about {time} left</source>
            <translation>noch etwa {time}</translation>
        </message>
        <message>
            <source>Licence: {licence}</source>
            <translation>Lizenz: {licence}</translation>
        </message>
        <message>
            <source>{size} in {folder}</source>
            <translation>{size} in {folder}</translation>
        </message>
        <message>
            <source>Elevation (DEM)</source>
            <translation>Höhe (DEM)</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Rot</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>Grün</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Blau</translation>
        </message>
        <message>
            <source>as recognised</source>
            <translation>wie erkannt</translation>
        </message>
        <message>
            <source>elevation in metres</source>
            <translation>Höhe in Metern</translation>
        </message>
        <message>
            <source>hillshade picture</source>
            <translation>Schummerungsbild</translation>
        </message>
        <message>
            <source>8-bit picture</source>
            <translation>8-Bit-Bild</translation>
        </message>
        <message>
            <source>true colour image (TCI)</source>
            <translation>Echtfarbenbild (TCI)</translation>
        </message>
        <message>
            <source>scaled numbers</source>
            <translation>skalierte Zahlen</translation>
        </message>
        <message>
            <source>linear power</source>
            <translation>lineare Leistung</translation>
        </message>
        <message>
            <source>amplitude</source>
            <translation>Amplitude</translation>
        </message>
        <message>
            <source>decibels</source>
            <translation>Dezibel</translation>
        </message>
        <message>
            <source>reflectance</source>
            <translation>Reflektanz</translation>
        </message>
        <message>
            <source>from the metadata</source>
            <translation>aus den Metadaten</translation>
        </message>
        <message>
            <source>from the file's tags</source>
            <translation>aus den Angaben der Datei</translation>
        </message>
        <message>
            <source>from the numbers</source>
            <translation>aus den Zahlen</translation>
        </message>
        <message>
            <source>by their names</source>
            <translation>an den Namen</translation>
        </message>
        <message>
            <source>by their order</source>
            <translation>an der Reihenfolge</translation>
        </message>
        <message>
            <source>set by you</source>
            <translation>von Ihnen gesetzt</translation>
        </message>
        <message>
            <source>assumed</source>
            <translation>angenommen</translation>
        </message>
        <message>
            <source>Exporting layers</source>
            <translation>Layer werden exportiert</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Modell wird geladen</translation>
        </message>
        <message>
            <source>Writing the graphs</source>
            <translation>Graphen werden geschrieben</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lesen</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>Messen</translation>
        </message>
        <message>
            <source>Denoising</source>
            <translation>Entrauschen</translation>
        </message>
        <message>
            <source>Decoding</source>
            <translation>Dekodieren</translation>
        </message>
        <message>
            <source>Writing</source>
            <translation>Schreiben</translation>
        </message>
        <message>
            <source>preparing</source>
            <translation>wird vorbereitet</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>fehlgeschlagen</translation>
        </message>
        <message>
            <source>cancelled</source>
            <translation>abgebrochen</translation>
        </message>
        <message>
            <source>Elevation</source>
            <translation>Höhe</translation>
        </message>
        <message>
            <source>Red (B04)</source>
            <translation>Rot (B04)</translation>
        </message>
        <message>
            <source>Green (B03)</source>
            <translation>Grün (B03)</translation>
        </message>
        <message>
            <source>Blue (B02)</source>
            <translation>Blau (B02)</translation>
        </message>
    </context>
</TS>
