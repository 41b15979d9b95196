<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
    <context>
        <name>CopGen</name>
        <message>
            <source>{layer}: the area has {width} by {height} pixels, at most {largest} a side; choose a smaller area.</source>
            <translation>{layer} : la zone compte {width} par {height} pixels, {largest} au plus par côté ; choisissez une zone plus petite.</translation>
        </message>
        <message>
            <source>{layer}: its pixels could not be exported; see whether QGIS shows the layer there.</source>
            <translation>{layer} : ses pixels n'ont pas pu être exportés ; vérifiez que QGIS y affiche la couche.</translation>
        </message>
        <message>
            <source>{layer}: a map service covers no area of its own; choose an area.</source>
            <translation>{layer} : un service cartographique n'a pas de zone propre ; choisissez une zone.</translation>
        </message>
        <message>
            <source>The area cannot be measured in {crs}; choose another.</source>
            <translation>La zone ne peut pas être mesurée en {crs} ; choisissez-en une autre.</translation>
        </message>
        <message>
            <source>Exporting {layer}</source>
            <translation>Export de {layer}</translation>
        </message>
        <message>
            <source>{layer}: the layer does not cover the chosen area.</source>
            <translation>{layer} : la couche ne couvre pas la zone choisie.</translation>
        </message>
        <message>
            <source>{layer}: its pixels cannot be read.</source>
            <translation>{layer} : ses pixels ne peuvent pas être lus.</translation>
        </message>
        <message>
            <source>{layer}: the export was cancelled.</source>
            <translation>{layer} : l'export a été annulé.</translation>
        </message>
        <message>
            <source>its no-data values are set in QGIS and are more than one</source>
            <translation>ses valeurs NoData sont définies dans QGIS et il y en a plusieurs</translation>
        </message>
        <message>
            <source>its no-data value is set in QGIS, and its numbers are scaled</source>
            <translation>sa valeur NoData est définie dans QGIS et ses nombres sont mis à l'échelle</translation>
        </message>
        <message>
            <source>{layer}: its bands have no no-data value in common; set one for all of them in its properties.</source>
            <translation>{layer} : ses bandes n'ont pas de valeur NoData commune ; définissez-en une pour toutes dans ses propriétés.</translation>
        </message>
        <message>
            <source>{layer}: its no-data values cannot be applied.</source>
            <translation>{layer} : ses valeurs NoData ne peuvent pas être appliquées.</translation>
        </message>
        <message>
            <source>{folder}: results cannot be written there; choose another folder in the settings.</source>
            <translation>{folder} : impossible d'y écrire les résultats ; choisissez un autre dossier dans les paramètres.</translation>
        </message>
        <message>
            <source>{count} finished result(s) are kept in {folder}; add them as layers from there, or remove them.</source>
            <translation>{count} résultat(s) terminé(s) conservé(s) dans {folder} ; ajoutez-les comme couches depuis ce dossier ou supprimez-les.</translation>
        </message>
        <message>
            <source>Synthetic pixels: a generative model drew them; nothing was measured here. Model {model}, seed {seed}, {steps} steps, from {conditions}.</source>
            <translation>Pixels synthétiques : un modèle génératif les a dessinés ; rien n'a été mesuré ici. Modèle {model}, graine {seed}, {steps} étapes, à partir de {conditions}.</translation>
        </message>
        <message>
            <source>DEM hillshade</source>
            <translation>Ombrage du MNT</translation>
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
            <translation>{path} : ce résultat ne peut pas être ouvert ; il a été déplacé, supprimé ou endommagé.</translation>
        </message>
        <message>
            <source>{name} (synthetic)</source>
            <translation>{name} (synthétique)</translation>
        </message>
        <message>
            <source>DEM {product}</source>
            <translation>MNT {product}</translation>
        </message>
        <message>
            <source>{name}, sample {number} (synthetic)</source>
            <translation>{name}, échantillon {number} (synthétique)</translation>
        </message>
        <message>
            <source>synthetic</source>
            <translation>synthétique</translation>
        </message>
        <message>
            <source>no condition</source>
            <translation>aucune condition</translation>
        </message>
        <message>
            <source>{layer}: the layer has no coordinate reference system; assign one in its properties.</source>
            <translation>{layer} : la couche n'a pas de système de coordonnées ; attribuez-lui-en un dans ses propriétés.</translation>
        </message>
        <message>
            <source>{layer}: the layer covers no area; give a georeferenced raster.</source>
            <translation>{layer} : la couche ne couvre aucune surface ; donnez un raster géoréférencé.</translation>
        </message>
        <message>
            <source>{layer}: its extent, {east:g} by {north:g} degrees, is no place on Earth, as of a raster that has ground control points but no georeference; warp it first, for example with the Georeferencer.</source>
            <translation>{layer} : son emprise de {east:g} par {north:g} degrés n'existe pas sur Terre, comme pour un raster doté de points de contrôle mais sans géoréférence ; redressez-le d'abord, par exemple avec le Géoréférenceur.</translation>
        </message>
        <message>
            <source>{layer}: the layer is not valid; its file is missing or damaged.</source>
            <translation>{layer} : la couche n'est pas valide ; son fichier est absent ou endommagé.</translation>
        </message>
        <message>
            <source>it does not lie in a file</source>
            <translation>elle ne se trouve pas dans un fichier</translation>
        </message>
        <message>
            <source>it needs a login that QGIS keeps</source>
            <translation>elle exige une connexion que QGIS conserve</translation>
        </message>
        <message>
            <source>the model runtime does not read this format</source>
            <translation>l'environnement des modèles ne lit pas ce format</translation>
        </message>
        <message>
            <source>it was opened with options that cannot be handed on</source>
            <translation>elle a été ouverte avec des options qui ne peuvent pas être transmises</translation>
        </message>
        <message>
            <source>{layer}: its pixels must be exported first.</source>
            <translation>{layer} : ses pixels doivent d'abord être exportés.</translation>
        </message>
        <message>
            <source>Generate missing modalities…</source>
            <translation>Générer les modalités manquantes…</translation>
        </message>
        <message>
            <source>Open the COP-GEN panel with the selected layers as conditions</source>
            <translation>Ouvre le panneau COP-GEN avec les couches sélectionnées comme conditions</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>Modèles…</translation>
        </message>
        <message>
            <source>Download, check and remove models</source>
            <translation>Télécharger, vérifier et supprimer des modèles</translation>
        </message>
        <message>
            <source>Environment of the models…</source>
            <translation>Environnement des modèles…</translation>
        </message>
        <message>
            <source>Set up, test, update or remove the Python environment that the models run in</source>
            <translation>Installer, vérifier, mettre à jour ou supprimer l'environnement Python dans lequel tournent les modèles</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Premiers pas</translation>
        </message>
        <message>
            <source>From the set-up to a first picture</source>
            <translation>De l'installation à une première image</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>Avancé</translation>
        </message>
        <message>
            <source>The fast solver is tried on the embedded model only: on the published one it is unverified.</source>
            <translation>Le solveur rapide n'a été essayé que sur le modèle intégré : sur le modèle publié, il n'est pas vérifié.</translation>
        </message>
        <message>
            <source>as the preset says</source>
            <translation>selon le préréglage</translation>
        </message>
        <message>
            <source>Another seed</source>
            <translation>Une autre graine</translation>
        </message>
        <message>
            <source>Results of projects without a folder of their own go there</source>
            <translation>Les résultats des projets sans dossier propre y vont</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatique</translation>
        </message>
        <message>
            <source>As the model says</source>
            <translation>Comme le modèle le prévoit</translation>
        </message>
        <message>
            <source>Published: 50 steps</source>
            <translation>Publié : 50 étapes</translation>
        </message>
        <message>
            <source>Fast: 8 to 10 steps</source>
            <translation>Rapide : 8 à 10 étapes</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Dossier</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Préréglage</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Étapes</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>Échantillons</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Graine</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Périphérique</translation>
        </message>
        <message>
            <source>{layer}: the chosen area does not exist in its coordinate reference system.</source>
            <translation>{layer} : la zone choisie n'existe pas dans son système de coordonnées.</translation>
        </message>
        <message>
            <source>The map shows no area; choose another area.</source>
            <translation>La carte ne montre aucune zone ; choisissez une autre zone.</translation>
        </message>
        <message>
            <source>Draw a rectangle on the map, or choose another area.</source>
            <translation>Dessinez un rectangle sur la carte, ou choisissez une autre zone.</translation>
        </message>
        <message>
            <source>Choose a polygon layer, or another area.</source>
            <translation>Choisissez une couche de polygones, ou une autre zone.</translation>
        </message>
        <message>
            <source>{layer}: the layer holds no polygon.</source>
            <translation>{layer} : la couche ne contient aucun polygone.</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Zone</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Dessiner</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map</source>
            <translation>Tracer un rectangle sur la carte</translation>
        </message>
        <message>
            <source>Polygon layer</source>
            <translation>Couche de polygones</translation>
        </message>
        <message>
            <source>Choose a polygon layer</source>
            <translation>Choisir une couche de polygones</translation>
        </message>
        <message>
            <source>Whole layer</source>
            <translation>Couche entière</translation>
        </message>
        <message>
            <source>What the map shows</source>
            <translation>Ce que montre la carte</translation>
        </message>
        <message>
            <source>Drawn rectangle</source>
            <translation>Rectangle dessiné</translation>
        </message>
        <message>
            <source>Polygons of a layer</source>
            <translation>Polygones d'une couche</translation>
        </message>
        <message>
            <source>No rectangle is drawn yet.</source>
            <translation>Aucun rectangle n'est encore dessiné.</translation>
        </message>
        <message>
            <source>Choose a raster layer</source>
            <translation>Choisir une couche raster</translation>
        </message>
        <message>
            <source>Layer of the condition</source>
            <translation>Couche de la condition</translation>
        </message>
        <message>
            <source>Remove this condition</source>
            <translation>Retirer cette condition</translation>
        </message>
        <message>
            <source>What the layer shows</source>
            <translation>Ce que montre la couche</translation>
        </message>
        <message>
            <source>What is it?</source>
            <translation>Qu'est-ce que c'est ?</translation>
        </message>
        <message>
            <source>Correct</source>
            <translation>Corriger</translation>
        </message>
        <message>
            <source>Set bands, encoding and offset yourself</source>
            <translation>Définir soi-même bandes, encodage et décalage</translation>
        </message>
        <message>
            <source>&amp;Add</source>
            <translation>A&amp;jouter</translation>
        </message>
        <message>
            <source>Add a layer as another condition</source>
            <translation>Ajouter une couche comme autre condition</translation>
        </message>
        <message>
            <source>Conditions</source>
            <translation>Conditions</translation>
        </message>
        <message>
            <source>Encoding</source>
            <translation>Encodage</translation>
        </message>
        <message>
            <source>Added to the stored numbers before anything else: −1000 for Sentinel-2 since baseline 04.00, else 0.</source>
            <translation>Ajouté aux nombres stockés avant toute chose : −1000 pour Sentinel-2 depuis la baseline 04.00, sinon 0.</translation>
        </message>
        <message>
            <source>Offset</source>
            <translation>Décalage</translation>
        </message>
        <message>
            <source>band {number}</source>
            <translation>bande {number}</translation>
        </message>
        <message>
            <source>Add to this project</source>
            <translation>Ajouter à ce projet</translation>
        </message>
        <message>
            <source>Done, but its project was closed; the files are in {folder}.</source>
            <translation>Terminé, mais son projet a été fermé ; les fichiers sont dans {folder}.</translation>
        </message>
        <message>
            <source>Done in {time}. The pixels are synthetic.</source>
            <translation>Terminé en {time}. Les pixels sont synthétiques.</translation>
        </message>
        <message>
            <source>The files are in {folder}.</source>
            <translation>Les fichiers sont dans {folder}.</translation>
        </message>
        <message>
            <source>Looking at the layers…</source>
            <translation>Examen des couches…</translation>
        </message>
        <message>
            <source>Choose the Python of the models' environment</source>
            <translation>Choisir le Python de l'environnement des modèles</translation>
        </message>
        <message>
            <source>One click</source>
            <translation>Un clic</translation>
        </message>
        <message>
            <source>Set up the models' environment</source>
            <translation>Installer l'environnement des modèles</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Installer…</translation>
        </message>
        <message>
            <source>If you like, download the published model</source>
            <translation>Si vous le souhaitez, télécharger le modèle publié</translation>
        </message>
        <message>
            <source>Try it</source>
            <translation>Essayer</translation>
        </message>
        <message>
            <source>Bundled scene (simulated)</source>
            <translation>Scène fournie (simulée)</translation>
        </message>
        <message>
            <source>Generating the hillshade of the bundled scene…</source>
            <translation>Génération de l'ombrage de la scène fournie…</translation>
        </message>
        <message>
            <source>Try it on the bundled scene</source>
            <translation>Essayer sur la scène fournie</translation>
        </message>
        <message>
            <source>Setting up the models' environment…</source>
            <translation>Installation de l'environnement des modèles…</translation>
        </message>
        <message>
            <source>Show…</source>
            <translation>Afficher…</translation>
        </message>
        <message>
            <source>Finish setting up the models' environment</source>
            <translation>Terminer l'installation de l'environnement des modèles</translation>
        </message>
        <message>
            <source>Go on…</source>
            <translation>Continuer…</translation>
        </message>
        <message>
            <source>Close; “First steps” in the menu Raster, COP-GEN brings them back.</source>
            <translation>Fermer ; « Premiers pas » dans le menu Raster, COP-GEN les fait revenir.</translation>
        </message>
        <message>
            <source>Close the first steps</source>
            <translation>Fermer les premiers pas</translation>
        </message>
        <message>
            <source>All set. Choose a layer of your own below.</source>
            <translation>Tout est prêt. Choisissez ci-dessous une couche à vous.</translation>
        </message>
        <message>
            <source>done</source>
            <translation>fait</translation>
        </message>
        <message>
            <source>Last runs</source>
            <translation>Dernières exécutions</translation>
        </message>
        <message>
            <source>Run aga&amp;in</source>
            <translation>Réexécute&amp;r</translation>
        </message>
        <message>
            <source>New seed</source>
            <translation>Nouvelle graine</translation>
        </message>
        <message>
            <source>Show se&amp;ttings</source>
            <translation>Paramè&amp;tres</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Journal</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>graine {seed}</translation>
        </message>
        <message>
            <source>Generate DEM from S2</source>
            <translation>Générer un MNT depuis S2</translation>
        </message>
        <message>
            <source>Atmospheric correction (L1C to L2A)</source>
            <translation>Correction atmosphérique (L1C vers L2A)</translation>
        </message>
        <message>
            <source>L1C from L2A</source>
            <translation>L1C depuis L2A</translation>
        </message>
        <message>
            <source>S1 from S2</source>
            <translation>S1 depuis S2</translation>
        </message>
        <message>
            <source>S2 from S1</source>
            <translation>S2 depuis S1</translation>
        </message>
        <message>
            <source>Generate a synthetic hillshade picture from the selected Sentinel-2 layer</source>
            <translation>Génère une image d'ombrage synthétique à partir de la couche Sentinel-2 sélectionnée</translation>
        </message>
        <message>
            <source>Generate synthetic surface reflectance (L2A) from the selected L1C layer</source>
            <translation>Génère une réflectance de surface synthétique (L2A) à partir de la couche L1C sélectionnée</translation>
        </message>
        <message>
            <source>Generate synthetic top-of-atmosphere pixels (L1C) from the selected L2A layer</source>
            <translation>Génère des pixels synthétiques du sommet de l'atmosphère (L1C) à partir de la couche L2A sélectionnée</translation>
        </message>
        <message>
            <source>Generate a synthetic Sentinel-1 picture from the selected Sentinel-2 layer</source>
            <translation>Génère une image Sentinel-1 synthétique à partir de la couche Sentinel-2 sélectionnée</translation>
        </message>
        <message>
            <source>Generate a synthetic Sentinel-2 picture from the selected Sentinel-1 layer</source>
            <translation>Génère une image Sentinel-2 synthétique à partir de la couche Sentinel-1 sélectionnée</translation>
        </message>
        <message>
            <source>Select a raster layer, then choose “{task}” again.</source>
            <translation>Sélectionnez une couche raster, puis choisissez à nouveau « {task} ».</translation>
        </message>
        <message>
            <source>“{layer}” looks like {modality}, and this needs {needed}. Correct that if it is wrong.</source>
            <translation>« {layer} » ressemble à {modality}, or il faut {needed}. Corrigez si c'est faux.</translation>
        </message>
        <message>
            <source>Say what “{layer}” is, then generate.</source>
            <translation>Dites ce qu'est « {layer} », puis générez.</translation>
        </message>
        <message>
            <source>“{layer}” looks like {modality} already. Correct that if it is wrong, then generate.</source>
            <translation>« {layer} » ressemble déjà à {modality}. Corrigez si c'est faux, puis générez.</translation>
        </message>
        <message>
            <source>Choose a raster layer for every condition.</source>
            <translation>Choisissez une couche raster pour chaque condition.</translation>
        </message>
        <message>
            <source>Two layers are given as {modality}; correct what one of them is, or remove it.</source>
            <translation>Deux couches sont données comme {modality} ; corrigez l'une d'elles ou retirez-la.</translation>
        </message>
        <message>
            <source>The layers given as {modality} are corrected differently; correct all of them alike.</source>
            <translation>Les couches indiquées comme {modality} sont corrigées différemment ; corrigez-les toutes de la même façon.</translation>
        </message>
        <message>
            <source>The export of the layers was cancelled.</source>
            <translation>L'export des couches a été annulé.</translation>
        </message>
        <message>
            <source>Say what every layer is.</source>
            <translation>Dites ce qu'est chaque couche.</translation>
        </message>
        <message>
            <source>Choose all bands of a layer, or none.</source>
            <translation>Choisissez toutes les bandes d'une couche, ou aucune.</translation>
        </message>
        <message>
            <source>Choose what to generate.</source>
            <translation>Choisissez ce qu'il faut générer.</translation>
        </message>
        <message>
            <source>Will be exported first: {reason}.</source>
            <translation>Sera d'abord exportée : {reason}.</translation>
        </message>
        <message>
            <source>{what} from {layer}</source>
            <translation>{what} depuis {layer}</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Annulé.</translation>
        </message>
        <message>
            <source>R&amp;un</source>
            <translation>E&amp;xécuter</translation>
        </message>
        <message>
            <source>Ca&amp;ncel</source>
            <translation>A&amp;nnuler</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Progression</translation>
        </message>
        <message>
            <source>Cancelling</source>
            <translation>Annulation</translation>
        </message>
        <message>
            <source>Waiting for its turn</source>
            <translation>En attente de son tour</translation>
        </message>
        <message>
            <source>Preview: {modality}</source>
            <translation>Aperçu : {modality}</translation>
        </message>
        <message>
            <source>{modality} as it denoises</source>
            <translation>{modality} en cours de débruitage</translation>
        </message>
        <message>
            <source>{count} waiting</source>
            <translation>{count} en attente</translation>
        </message>
        <message>
            <source>Set &amp;up…</source>
            <translation>&amp;Installer…</translation>
        </message>
        <message>
            <source>Choose its P&amp;ython…</source>
            <translation>Choisir son P&amp;ython…</translation>
        </message>
        <message>
            <source>Start a&amp;gain</source>
            <translation>Redémarre&amp;r</translation>
        </message>
        <message>
            <source>Show the set-&amp;up…</source>
            <translation>Montrer l'&amp;installation…</translation>
        </message>
        <message>
            <source>The models' environment is not set up yet.</source>
            <translation>L'environnement des modèles n'est pas encore installé.</translation>
        </message>
        <message>
            <source>Settings of the run</source>
            <translation>Paramètres de l'exécution</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modèle</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modèles</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>Générer</translation>
        </message>
        <message>
            <source>Given as a condition</source>
            <translation>Donnée comme condition</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>inconnu</translation>
        </message>
        <message>
            <source>1 chip</source>
            <translation>1 tuile</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} h {minutes} min</translation>
        </message>
        <message>
            <source>{size} MB</source>
            <translation>{size} Mo</translation>
        </message>
        <message>
            <source>{seconds} s per chip</source>
            <translation>{seconds} s par tuile</translation>
        </message>
        <message>
            <source>Band {bands}</source>
            <translation>Bande {bands}</translation>
        </message>
        <message>
            <source>Bands {bands}</source>
            <translation>Bandes {bands}</translation>
        </message>
        <message>
            <source>{stage} · about {time} left</source>
            <translation>{stage} · encore {time} environ</translation>
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
            <translation>{size} Go</translation>
        </message>
        <message>
            <source>{count} chips</source>
            <translation>{count} tuiles</translation>
        </message>
        <message>
            <source>time known after a first run</source>
            <translation>durée connue après une première exécution</translation>
        </message>
        <message>
            <source>The device is known once the runtime has started.</source>
            <translation>Le périphérique est connu une fois les modèles démarrés.</translation>
        </message>
        <message>
            <source>{memory} of memory</source>
            <translation>{memory} de mémoire</translation>
        </message>
        <message>
            <source>Condition {modality}: {path}</source>
            <translation>Condition {modality} : {path}</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>environ {time}</translation>
        </message>
        <message>
            <source>offset {offset}</source>
            <translation>décalage {offset}</translation>
        </message>
        <message>
            <source>{name} used: {value}</source>
            <translation>{name} utilisé : {value}</translation>
        </message>
        <message>
            <source>{modality} is both an input and to be generated; leave one out.</source>
            <translation>{modality} est à la fois une entrée et à générer ; retirez l'un des deux.</translation>
        </message>
        <message>
            <source>Temporary results go when QGIS is closed; export the layers to keep them.</source>
            <translation>Les résultats temporaires disparaissent à la fermeture de QGIS ; exportez les couches pour les garder.</translation>
        </message>
        <message>
            <source>The result is synthetic: a generative model draws what is plausible. Nothing in it was measured; do not use it as evidence. Another seed draws another answer.</source>
            <translation>Le résultat est synthétique : un modèle génératif dessine ce qui est plausible. Rien n'y a été mesuré ; ne l'utilisez pas comme preuve. Une autre graine dessine une autre réponse.</translation>
        </message>
        <message>
            <source>synthetic,generate,satellite,elevation,hillshade,radar</source>
            <translation>synthétique,générer,satellite,altitude,ombrage,radar</translation>
        </message>
        <message>
            <source>Model that was used</source>
            <translation>Modèle utilisé</translation>
        </message>
        <message>
            <source>Device that was used</source>
            <translation>Périphérique utilisé</translation>
        </message>
        <message>
            <source>Cancelled; nothing was written.</source>
            <translation>Annulé ; rien n'a été écrit.</translation>
        </message>
        <message>
            <source>{folder}: nothing there is called {pattern}; choose another folder or pattern.</source>
            <translation>{folder} : rien ne s'y appelle {pattern} ; choisissez un autre dossier ou motif.</translation>
        </message>
        <message>
            <source>Generate for a folder or a tile index</source>
            <translation>Générer pour un dossier ou un index de tuiles</translation>
        </message>
        <message>
            <source>Runs through all rasters of a folder, or through all polygons of a tile index over one raster, with the model loaded once. What fails is told and passed over. The results are called name_modality.tif.</source>
            <translation>Parcourt tous les rasters d'un dossier, ou tous les polygones d'un index de tuiles sur un raster, le modèle étant chargé une seule fois. Ce qui échoue est signalé et passé. Les résultats s'appellent name_modality.tif.</translation>
        </message>
        <message>
            <source>{layer}: {reason}; save it as a GeoTIFF first.</source>
            <translation>{layer} : {reason} ; enregistrez-la d'abord en GeoTIFF.</translation>
        </message>
        <message>
            <source>Names in the folder</source>
            <translation>Noms dans le dossier</translation>
        </message>
        <message>
            <source>Tile index (polygons)</source>
            <translation>Index de tuiles (polygones)</translation>
        </message>
        <message>
            <source>Field with the tiles' names</source>
            <translation>Champ des noms de tuiles</translation>
        </message>
        <message>
            <source>{path} is open as a layer; remove the layer or choose another folder.</source>
            <translation>{path} est ouvert comme couche ; retirez la couche ou choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>Folder of rasters</source>
            <translation>Dossier de rasters</translation>
        </message>
        <message>
            <source>With * and ?; **/*.tif takes subfolders too. Each raster may cover 4,000 by 4,000 pixels of 10 m at most.</source>
            <translation>Avec * et ? ; **/*.tif prend aussi les sous-dossiers. Un raster peut couvrir au plus 4 000 × 4 000 pixels de 10 m.</translation>
        </message>
        <message>
            <source>Raster for the tile index</source>
            <translation>Raster pour l'index de tuiles</translation>
        </message>
        <message>
            <source>What the inputs show</source>
            <translation>Ce que montrent les entrées</translation>
        </message>
        <message>
            <source>To generate</source>
            <translation>À générer</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Bandes</translation>
        </message>
        <message>
            <source>Folder for the results</source>
            <translation>Dossier des résultats</translation>
        </message>
        <message>
            <source>Files that were written</source>
            <translation>Fichiers écrits</translation>
        </message>
        <message>
            <source>Names of what failed</source>
            <translation>Noms de ce qui a échoué</translation>
        </message>
        <message>
            <source>Give a folder of rasters, or a tile index and its raster.</source>
            <translation>Donnez un dossier de rasters, ou un index de tuiles et son raster.</translation>
        </message>
        <message>
            <source>The folder is temporary and goes when QGIS is closed; copy what you need.</source>
            <translation>Le dossier est temporaire et disparaît à la fermeture de QGIS ; copiez ce dont vous avez besoin.</translation>
        </message>
        <message>
            <source>{path} is there already; remove it or choose another folder.</source>
            <translation>{path} existe déjà ; supprimez-le ou choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>Cancelled; what was written before stays: {files}</source>
            <translation>Annulé ; ce qui a été écrit auparavant reste : {files}</translation>
        </message>
        <message>
            <source>Draws the terrain that a Sentinel-2 scene shows, as a hillshade lit from the north-west: a picture of relief in grey levels, no elevations in metres. The result lies on the input's pixels.</source>
            <translation>Dessine le terrain que montre une scène Sentinel-2, en ombrage éclairé du nord-ouest : une image du relief en niveaux de gris, pas d'altitudes en mètres. Le résultat se cale sur les pixels de l'entrée.</translation>
        </message>
        <message>
            <source>{name}: {path} is no GeoTIFF; results carry tags that mark them as synthetic, so end it in .tif.</source>
            <translation>{name} : {path} n'est pas un GeoTIFF ; les résultats portent des étiquettes qui les signalent comme synthétiques, terminez donc par .tif.</translation>
        </message>
        <message>
            <source>{name}: {path} is open as a layer; remove the layer or choose another name.</source>
            <translation>{name} : {path} est ouvert comme couche ; retirez la couche ou choisissez un autre nom.</translation>
        </message>
        <message>
            <source>{name}: {folder} may not be written to; choose another folder.</source>
            <translation>{name} : l'écriture dans {folder} n'est pas permise ; choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>{folder}: cannot be written to ({reason}); choose another folder.</source>
            <translation>{folder} : écriture impossible ({reason}) ; choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>{path}: cannot be written ({reason}); choose another destination.</source>
            <translation>{path} : écriture impossible ({reason}) ; choisissez une autre destination.</translation>
        </message>
        <message>
            <source>{name}: {path} is the destination of another result too; choose another name.</source>
            <translation>{name} : {path} est déjà la destination d'un autre résultat ; choisissez un autre nom.</translation>
        </message>
        <message>
            <source>{name}: {path} is an input; choose another name.</source>
            <translation>{name} : {path} est une entrée ; choisissez un autre nom.</translation>
        </message>
        <message>
            <source>{name}: {path} is a folder; name a file in it.</source>
            <translation>{name} : {path} est un dossier ; indiquez un fichier dedans.</translation>
        </message>
        <message>
            <source>{layer} is exported first: {reason}.</source>
            <translation>{layer} est d'abord exportée : {reason}.</translation>
        </message>
        <message>
            <source>{layer}: the area lies where its coordinate reference system has no coordinates.</source>
            <translation>{layer} : la zone se trouve là où son système de coordonnées n'a pas de coordonnées.</translation>
        </message>
        <message>
            <source>Export a model to ONNX</source>
            <translation>Exporter un modèle en ONNX</translation>
        </message>
        <message>
            <source>Writes a model into a folder of its own, with ONNX graphs of its transformer and its autoencoder beside the weights. Give that folder as the model of any COP-GEN algorithm; it runs on ONNX Runtime and OpenVINO too, without torch. A large model takes minutes and several gigabytes of memory.</source>
            <translation>Écrit un modèle dans un dossier à lui, avec les graphes ONNX de son transformeur et de son autoencodeur à côté des poids. Donnez ce dossier comme modèle à n'importe quel algorithme COP-GEN ; il fonctionne aussi avec ONNX Runtime et OpenVINO, sans torch. Un grand modèle demande des minutes et plusieurs gigaoctets de mémoire.</translation>
        </message>
        <message>
            <source>What an exported model draws is as synthetic as what the model itself draws.</source>
            <translation>Ce que dessine un modèle exporté est aussi synthétique que ce que dessine le modèle lui-même.</translation>
        </message>
        <message>
            <source>fp32: as exact as the model. fp16: half the size, and half precision on graphics cards. int8: for processors; refused where it would change the pictures by more than one grey level on average.</source>
            <translation>fp32 : aussi exact que le modèle. fp16 : moitié de la taille, et demi-précision sur les cartes graphiques. int8 : pour les processeurs ; refusé là où cela changerait les images de plus d'un niveau de gris en moyenne.</translation>
        </message>
        <message>
            <source>{name}: {path} is there already and not empty; choose another folder.</source>
            <translation>{name} : {path} existe déjà et n'est pas vide ; choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>Version of the ONNX operators</source>
            <translation>Version des opérateurs ONNX</translation>
        </message>
        <message>
            <source>auto, the name of an installed model, or a folder with one.</source>
            <translation>auto, le nom d'un modèle installé, ou un dossier qui en contient un.</translation>
        </message>
        <message>
            <source>Folder for the exported model</source>
            <translation>Dossier pour le modèle exporté</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Précision</translation>
        </message>
        <message>
            <source>Older programs that read ONNX need a smaller one.</source>
            <translation>Les programmes plus anciens qui lisent ONNX en demandent une plus petite.</translation>
        </message>
        <message>
            <source>Generate missing modalities</source>
            <translation>Générer les modalités manquantes</translation>
        </message>
        <message>
            <source>Draws what is missing of one place: elevation as a hillshade, a Sentinel-1 composite, Sentinel-2 L1C or L2A, any from any of the others. Give one input or more of the same place, and a destination for each modality you want; those are drawn together, so that they agree.</source>
            <translation>Dessine ce qui manque d'un lieu : l'altitude en ombrage, une composition Sentinel-1, Sentinel-2 L1C ou L2A, chacun à partir de n'importe quel autre. Donnez une ou plusieurs entrées du même lieu et une destination par modalité voulue ; elles sont dessinées ensemble pour s'accorder.</translation>
        </message>
        <message>
            <source>No input is given; choose a raster for at least one of {inputs}.</source>
            <translation>Aucune entrée n'est donnée ; choisissez un raster pour au moins l'un de {inputs}.</translation>
        </message>
        <message>
            <source>Nothing is to be generated; give a destination for at least one of {outputs}.</source>
            <translation>Rien n'est à générer ; donnez une destination pour au moins l'un de {outputs}.</translation>
        </message>
        <message>
            <source>Files of the second and later samples</source>
            <translation>Fichiers des échantillons suivants</translation>
        </message>
        <message>
            <source>{input}: encoding</source>
            <translation>{input} : encodage</translation>
        </message>
        <message>
            <source>{input}: bands</source>
            <translation>{input} : bandes</translation>
        </message>
        <message>
            <source>{input}: offset</source>
            <translation>{input} : décalage</translation>
        </message>
        <message>
            <source>Draws how a Sentinel-2 scene would look from above the atmosphere: top-of-atmosphere reflectance (L1C) in red, green and blue from surface reflectance (L2A).</source>
            <translation>Dessine l'aspect d'une scène Sentinel-2 vue d'au-dessus de l'atmosphère : réflectance au sommet de l'atmosphère (L1C) en rouge, vert et bleu à partir de la réflectance de surface (L2A).</translation>
        </message>
        <message>
            <source>Draws how a Sentinel-2 scene would look without the atmosphere: surface reflectance (L2A) in red, green and blue from top-of-atmosphere reflectance (L1C). A picture of what is plausible, not a radiative transfer.</source>
            <translation>Dessine l'aspect d'une scène Sentinel-2 sans l'atmosphère : réflectance de surface (L2A) en rouge, vert et bleu à partir de la réflectance au sommet de l'atmosphère (L1C). Une image de ce qui est plausible, pas un transfert radiatif.</translation>
        </message>
        <message>
            <source>{name}: {layer} has no coordinate reference system; assign one in its properties.</source>
            <translation>{name} : {layer} n'a pas de système de coordonnées ; attribuez-en un dans ses propriétés.</translation>
        </message>
        <message>
            <source>{name}: {layer} holds no polygons; give a polygon layer.</source>
            <translation>{name} : {layer} ne contient aucun polygone ; donnez une couche de polygones.</translation>
        </message>
        <message>
            <source>{name}: {layer} has no polygon to use; draw or select one.</source>
            <translation>{name} : {layer} n'a aucun polygone utilisable ; dessinez-en ou sélectionnez-en un.</translation>
        </message>
        <message>
            <source>The polygons of the mask cannot be written ({reason}).</source>
            <translation>Les polygones du masque ne peuvent pas être écrits ({reason}).</translation>
        </message>
        <message>
            <source>Level of the input; auto recognises it, and takes {level} where nothing tells.</source>
            <translation>Niveau de l'entrée ; auto le reconnaît et prend {level} si rien ne l'indique.</translation>
        </message>
        <message>
            <source>Sentinel-2 scene</source>
            <translation>Scène Sentinel-2</translation>
        </message>
        <message>
            <source>Level of the result: surface reflectance (l2a) or top of atmosphere (l1c).</source>
            <translation>Niveau du résultat : réflectance de surface (l2a) ou sommet de l'atmosphère (l1c).</translation>
        </message>
        <message>
            <source>Level of the input</source>
            <translation>Niveau de l'entrée</translation>
        </message>
        <message>
            <source>{layer} is {found}, and this needs {needed}; choose another input or algorithm, or set LEVEL.</source>
            <translation>{layer} est {found}, or il faut {needed} ; choisissez une autre entrée ou un autre algorithme, ou réglez LEVEL.</translation>
        </message>
        <message>
            <source>Level of the result</source>
            <translation>Niveau du résultat</translation>
        </message>
        <message>
            <source>{layer}: nothing tells its level, taken for {modality}; set LEVEL if that is wrong.</source>
            <translation>{layer} : rien n'indique son niveau, prise pour {modality} ; réglez LEVEL si c'est faux.</translation>
        </message>
        <message>
            <source>Numbers or names, separated by commas, in the order red, green, blue or VV, VH. Empty: recognised.</source>
            <translation>Numéros ou noms, séparés par des virgules, dans l'ordre rouge, vert, bleu ou VV, VH. Vide : reconnu.</translation>
        </message>
        <message>
            <source>What the stored numbers are; auto recognises it from the file.</source>
            <translation>Ce que sont les nombres stockés ; auto le reconnaît d'après le fichier.</translation>
        </message>
        <message>
            <source>auto, or the number added to the stored numbers: −1000 for Sentinel-2 baseline 04.00 and later, else 0.</source>
            <translation>auto, ou le nombre ajouté aux nombres stockés : −1000 pour Sentinel-2 à partir de la baseline 04.00, sinon 0.</translation>
        </message>
        <message>
            <source>How many answers to draw; the second and later ones are written beside as name_sample2.tif and so on.</source>
            <translation>Nombre de réponses à dessiner ; la deuxième et les suivantes sont écrites à côté sous name_sample2.tif, etc.</translation>
        </message>
        <message>
            <source>Only this part is generated. Empty: all that the inputs share, at most 4,000 by 4,000 pixels of 10 m.</source>
            <translation>Seule cette partie est générée. Vide : tout ce que les entrées ont en commun, au plus 4 000 par 4 000 pixels de 10 m.</translation>
        </message>
        <message>
            <source>Pixels outside the polygons become nodata; give the area too, to save the time for what lies outside.</source>
            <translation>Les pixels hors des polygones deviennent NoData ; donnez aussi la zone pour épargner le temps de ce qui est dehors.</translation>
        </message>
        <message>
            <source>reference: the 50 evaluations of the published results; fast: a solver that needs 8 to 10, tried on the embedded model only; auto: as the model was made for.</source>
            <translation>reference : les 50 évaluations des résultats publiés ; fast : un solveur qui en demande 8 à 10, essayé sur le modèle intégré seulement ; auto : ce pour quoi le modèle est fait.</translation>
        </message>
        <message>
            <source>Evaluations of the network; 0: as many as the preset has.</source>
            <translation>Évaluations du réseau ; 0 : autant que le préréglage en a.</translation>
        </message>
        <message>
            <source>The same seed gives the same picture, another seed another one that is as likely.</source>
            <translation>La même graine donne la même image, une autre graine une autre image tout aussi probable.</translation>
        </message>
        <message>
            <source>Empty: that of the input where it is in metres, else the UTM zone of the area.</source>
            <translation>Vide : celui de l'entrée s'il est en mètres, sinon la zone UTM de la zone choisie.</translation>
        </message>
        <message>
            <source>auto takes the fastest one that works.</source>
            <translation>auto prend le plus rapide qui fonctionne.</translation>
        </message>
        <message>
            <source>Mask (polygons)</source>
            <translation>Masque (polygones)</translation>
        </message>
        <message>
            <source>Coordinate reference system of the results</source>
            <translation>Système de coordonnées des résultats</translation>
        </message>
        <message>
            <source>{name}: {value} cannot be opened as a raster; it is damaged or of an unknown format.</source>
            <translation>{name} : {value} ne peut pas être ouvert comme raster ; il est endommagé ou de format inconnu.</translation>
        </message>
        <message>
            <source>{name}: {value} is unknown; use {options}.</source>
            <translation>{name} : {value} est inconnu ; utilisez {options}.</translation>
        </message>
        <message>
            <source>{name}: {value} lies outside {lowest} to {highest}.</source>
            <translation>{name} : {value} n'est pas compris entre {lowest} et {highest}.</translation>
        </message>
        <message>
            <source>{name}: there is no folder {model}; give auto, the name of a model or its folder.</source>
            <translation>{name} : il n'y a pas de dossier {model} ; donnez auto, le nom d'un modèle ou son dossier.</translation>
        </message>
        <message>
            <source>{name}: {value} is no coordinate reference system; give one such as EPSG:32632.</source>
            <translation>{name} : {value} n'est pas un système de coordonnées ; donnez par exemple EPSG:32632.</translation>
        </message>
        <message>
            <source>{name}: {value} is no area there; give west, east, south, north and the reference system.</source>
            <translation>{name} : {value} n'y est pas une zone ; donnez ouest, est, sud, nord et le système de coordonnées.</translation>
        </message>
        <message>
            <source>{name}: the area does not overlap {layer}; choose one where it has pixels.</source>
            <translation>{name} : la zone ne recouvre pas {layer} ; choisissez-en une où il y a des pixels.</translation>
        </message>
        <message>
            <source>{name}: {value} cannot be opened as a vector layer; give polygons.</source>
            <translation>{name} : {value} ne peut pas être ouvert comme couche vectorielle ; donnez des polygones.</translation>
        </message>
        <message>
            <source>{name}: {value} is no number; give auto or a number such as -1000.</source>
            <translation>{name} : {value} n'est pas un nombre ; donnez auto ou un nombre comme -1000.</translation>
        </message>
        <message>
            <source>{name}: there is no file {path}; choose another.</source>
            <translation>{name} : il n'y a pas de fichier {path} ; choisissez-en un autre.</translation>
        </message>
        <message>
            <source>{name}: no raster is given; choose one.</source>
            <translation>{name} : aucun raster n'est donné ; choisissez-en un.</translation>
        </message>
        <message>
            <source>{name}: a whole number is needed, found {value}.</source>
            <translation>{name} : il faut un nombre entier, trouvé {value}.</translation>
        </message>
        <message>
            <source>{model} on {device}: {chips} chip(s), {steps} steps, {seconds} s</source>
            <translation>{model} sur {device} : {chips} tuile(s), {steps} étapes, {seconds} s</translation>
        </message>
        <message>
            <source>The plugin was unloaded or updated meanwhile; what was written before stays. Start it again.</source>
            <translation>L'extension a été déchargée ou mise à jour entre-temps ; ce qui a été écrit auparavant est conservé. Relancez le traitement.</translation>
        </message>
        <message>
            <source>{modality}: {file}, bands {bands} ({bands_source}), {encoding}, offset {offset} ({offset_source})</source>
            <translation>{modality} : {file}, bandes {bands} ({bands_source}), {encoding}, décalage {offset} ({offset_source})</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>L'exécution a été annulée.</translation>
        </message>
        <message>
            <source>Draws how radar would see a Sentinel-2 scene: a Sentinel-1 composite in 8 bits, red for VV, blue for VH and green for their sum, after terrain correction. A picture, no backscatter in decibels.</source>
            <translation>Dessine comment le radar verrait une scène Sentinel-2 : une composition Sentinel-1 sur 8 bits, rouge pour VV, bleu pour VH et vert pour leur somme, après correction du terrain. Une image, pas une rétrodiffusion en décibels.</translation>
        </message>
        <message>
            <source>Draws how Sentinel-2 might see what Sentinel-1 measured (VV and VH, terrain corrected), below clouds too: reflectance in red, green and blue, at the surface (L2A) or above the atmosphere (L1C).</source>
            <translation>Dessine comment Sentinel-2 pourrait voir ce que Sentinel-1 a mesuré (VV et VH, corrigés du terrain), même sous les nuages : réflectance en rouge, vert et bleu, en surface (L2A) ou au-dessus de l'atmosphère (L1C).</translation>
        </message>
        <message>
            <source>{name}: no polygon overlaps {layer}; give tiles of the same place.</source>
            <translation>{name} : aucun polygone ne recouvre {layer} ; donnez des tuiles du même lieu.</translation>
        </message>
        <message>
            <source>{name}: no polygons are given; choose a layer.</source>
            <translation>{name} : aucun polygone n'est donné ; choisissez une couche.</translation>
        </message>
        <message>
            <source>it crashed or was killed, as happens when memory runs out</source>
            <translation>il s'est arrêté brutalement ou a été tué, comme lorsque la mémoire manque</translation>
        </message>
        <message>
            <source>it could not be started ({reason})</source>
            <translation>il n'a pas pu être démarré ({reason})</translation>
        </message>
        <message>
            <source>it ended with status {status}</source>
            <translation>il s'est terminé avec le statut {status}</translation>
        </message>
        <message>
            <source>The Python in the settings</source>
            <translation>Le Python des paramètres</translation>
        </message>
        <message>
            <source>The set-up of the models' environment is not finished; go on with it in the COP-GEN panel.</source>
            <translation>L'installation de l'environnement des modèles n'est pas terminée ; continuez-la dans le panneau COP-GEN.</translation>
        </message>
        <message>
            <source>The models' environment is not set up yet: choose Set up in the COP-GEN panel, or start QGIS with the environment variable {variable} set to a Python that has their packages.</source>
            <translation>L'environnement des modèles n'est pas encore installé : choisissez « Installer » dans le panneau COP-GEN, ou démarrez QGIS avec la variable d'environnement {variable} désignant un Python qui a leurs paquets.</translation>
        </message>
        <message>
            <source>{name}: {path} is no program; choose the Python of the models' environment.</source>
            <translation>{name} : {path} n'est pas un programme ; choisissez le Python de l'environnement des modèles.</translation>
        </message>
        <message>
            <source>The models' process is starting.</source>
            <translation>Le processus des modèles démarre.</translation>
        </message>
        <message>
            <source>The models' process ended unexpectedly: {reason}. The next run starts it again.</source>
            <translation>Le processus des modèles s'est terminé de façon inattendue : {reason}. La prochaine exécution le redémarre.</translation>
        </message>
        <message>
            <source>The models are not loaded; the first run loads them.</source>
            <translation>Les modèles ne sont pas chargés ; la première exécution les charge.</translation>
        </message>
        <message>
            <source>The models' environment is being changed; wait for the end of its set-up.</source>
            <translation>L'environnement des modèles est en cours de modification ; attendez la fin de son installation.</translation>
        </message>
        <message>
            <source>Running.</source>
            <translation>En cours.</translation>
        </message>
        <message>
            <source>Ready.</source>
            <translation>Prêt.</translation>
        </message>
        <message>
            <source>The models' process speaks another language than this plugin ({reason}).</source>
            <translation>Le processus des modèles parle une autre langue que cette extension ({reason}).</translation>
        </message>
        <message>
            <source>COP-GEN: environment of the models</source>
            <translation>COP-GEN : environnement des modèles</translation>
        </message>
        <message>
            <source>Progress of the set-up</source>
            <translation>Avancement de l'installation</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>Options</translation>
        </message>
        <message>
            <source>Environment and models lie here, outside QGIS and the plugin.</source>
            <translation>L'environnement et les modèles se trouvent ici, hors de QGIS et de l'extension.</translation>
        </message>
        <message>
            <source>A folder with all wheels; nothing is fetched from a network then.</source>
            <translation>Un dossier contenant toutes les roues (wheels) ; rien n'est alors téléchargé.</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>&amp;Dossier</translation>
        </message>
        <message>
            <source>P&amp;ython</source>
            <translation>P&amp;ython</translation>
        </message>
        <message>
            <source>P&amp;rocessor</source>
            <translation>P&amp;rocesseur</translation>
        </message>
        <message>
            <source>Folder of &amp;wheels</source>
            <translation>Dossier de &amp;wheels</translation>
        </message>
        <message>
            <source>Package inde&amp;x</source>
            <translation>Inde&amp;x des paquets</translation>
        </message>
        <message>
            <source>Index for &amp;torch</source>
            <translation>Index pour &amp;torch</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Détails</translation>
        </message>
        <message>
            <source>&amp;Set up</source>
            <translation>&amp;Installer</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Annuler</translation>
        </message>
        <message>
            <source>Copy &amp;report</source>
            <translation>Copier le &amp;rapport</translation>
        </message>
        <message>
            <source>For a question to others; without your name, home folder, passwords and tokens.</source>
            <translation>Pour poser une question à d'autres ; sans votre nom, votre dossier personnel, mots de passe ni jetons.</translation>
        </message>
        <message>
            <source>&amp;Use another Python…</source>
            <translation>&amp;Utiliser un autre Python…</translation>
        </message>
        <message>
            <source>A Python that has all packages already; nothing is installed.</source>
            <translation>Un Python qui a déjà tous les paquets ; rien n'est installé.</translation>
        </message>
        <message>
            <source>Re&amp;move…</source>
            <translation>Suppri&amp;mer…</translation>
        </message>
        <message>
            <source>Cl&amp;ose</source>
            <translation>&amp;Fermer</translation>
        </message>
        <message>
            <source>What the set-up installed is deleted. Models and results stay.</source>
            <translation>Ce que l'installation a installé est supprimé. Les modèles et les résultats restent.</translation>
        </message>
        <message>
            <source>As the machine is</source>
            <translation>Selon la machine</translation>
        </message>
        <message>
            <source>CPU or Apple GPU</source>
            <translation>CPU ou GPU Apple</translation>
        </message>
        <message>
            <source>the usual one</source>
            <translation>l'habituel</translation>
        </message>
        <message>
            <source>Python {versions} to make the environment with; empty: looked for.</source>
            <translation>Python {versions} avec lequel créer l'environnement ; vide : recherché.</translation>
        </message>
        <message>
            <source>Remove the environment in {folder}?</source>
            <translation>Supprimer l'environnement dans {folder} ?</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>&amp;Continuer</translation>
        </message>
        <message>
            <source>&amp;Update</source>
            <translation>&amp;Mettre à jour</translation>
        </message>
        <message>
            <source>&amp;Set up again</source>
            <translation>&amp;Réinstaller</translation>
        </message>
        <message>
            <source>The environment is ready.</source>
            <translation>L'environnement est prêt.</translation>
        </message>
        <message>
            <source>For NVIDIA it is several gigabytes.</source>
            <translation>Pour NVIDIA, ce sont plusieurs gigaoctets.</translation>
        </message>
        <message>
            <source>Removing…</source>
            <translation>Suppression…</translation>
        </message>
        <message>
            <source>Cancelled. What is done need not be done again.</source>
            <translation>Annulé. Ce qui est fait n'est plus à refaire.</translation>
        </message>
        <message>
            <source>The set-up stopped: {detail}. The details tell more.</source>
            <translation>L'installation s'est arrêtée : {detail}. Les détails en disent plus.</translation>
        </message>
        <message>
            <source>A run is going on; wait for its end or cancel it, then try again.</source>
            <translation>Une tâche est en cours ; attendez sa fin ou annulez-la, puis réessayez.</translation>
        </message>
        <message>
            <source>Python {versions} is needed, and found was: {detail}. Install one (python.org or your system's packages) or the program uv, then try again; or choose one under Options.</source>
            <translation>Il faut Python {versions} ; trouvé : {detail}. Installez-en un (python.org ou les paquets de votre système) ou le programme uv, puis réessayez ; ou choisissez-en un sous Options.</translation>
        </message>
        <message>
            <source>Another QGIS is at the set-up of this environment; wait for its end.</source>
            <translation>Un autre QGIS installe cet environnement ; attendez qu'il ait terminé.</translation>
        </message>
        <message>
            <source>{detail} lies in the plugin's own folder, which QGIS deletes on every upgrade; choose another.</source>
            <translation>{detail} se trouve dans le dossier de l'extension, que QGIS supprime à chaque mise à jour ; choisissez-en un autre.</translation>
        </message>
        <message>
            <source>{detail} exists already and was not made by this plugin; choose another folder.</source>
            <translation>{detail} existe déjà et ne vient pas de cette extension ; choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>The disk has not enough room ({detail}). Free some, or choose a folder on another disk.</source>
            <translation>Le disque n'a pas assez de place ({detail}). Libérez-en, ou choisissez un dossier sur un autre disque.</translation>
        </message>
        <message>
            <source>{detail} cannot be written; choose another folder or ask for the right to write there.</source>
            <translation>Impossible d'écrire dans {detail} ; choisissez un autre dossier ou demandez le droit d'y écrire.</translation>
        </message>
        <message>
            <source>{detail} cannot be reached. Check the connection, and the proxy in QGIS's network settings, then go on; what was fetched is kept. Another index, or a folder of wheels where there is no network, goes under Options.</source>
            <translation>{detail} est inaccessible. Vérifiez la connexion et le proxy dans les réglages réseau de QGIS, puis continuez ; ce qui a été téléchargé est conservé. Un autre index, ou un dossier de wheels s'il n'y a pas de réseau, s'indique sous Options.</translation>
        </message>
        <message>
            <source>The proxy does not let it through; check its address and password in QGIS's network settings.</source>
            <translation>Le proxy ne le laisse pas passer ; vérifiez son adresse et son mot de passe dans les réglages réseau de QGIS.</translation>
        </message>
        <message>
            <source>The certificate of the package index is not trusted. If your organisation has its own authority, add it in QGIS's settings under Authentication, Manage certificates.</source>
            <translation>Le certificat de l'index des paquets n'est pas reconnu. Si votre organisation a sa propre autorité, ajoutez-la dans les réglages de QGIS sous Authentification, Gérer les certificats.</translation>
        </message>
        <message>
            <source>The package index refuses access; check its address under Options.</source>
            <translation>L'index des paquets refuse l'accès ; vérifiez son adresse sous Options.</translation>
        </message>
        <message>
            <source>The address of the package index does not begin with https; correct it under Options.</source>
            <translation>L'adresse de l'index des paquets ne commence pas par https ; corrigez-la sous Options.</translation>
        </message>
        <message>
            <source>What was fetched is damaged ({detail}); try again, or choose another package index.</source>
            <translation>Ce qui a été téléchargé est endommagé ({detail}) ; réessayez ou choisissez un autre index.</translation>
        </message>
        <message>
            <source>A package is not there for this Python: {detail}. Choose a Python of another version, another package index, or a complete folder of wheels under Options.</source>
            <translation>Un paquet n'existe pas pour ce Python : {detail}. Choisissez sous Options un Python d'une autre version, un autre index ou un dossier complet de wheels.</translation>
        </message>
        <message>
            <source>Everything is installed, but the self-test failed: {detail}.</source>
            <translation>Tout est installé, mais l'autotest a échoué : {detail}.</translation>
        </message>
        <message>
            <source>The set-up was ended from outside ({detail}); go on to finish it.</source>
            <translation>L'installation a été interrompue de l'extérieur ({detail}) ; continuez-la pour la terminer.</translation>
        </message>
        <message>
            <source>All of it is here; unpacking and installing it may take some minutes.</source>
            <translation>Tout est là ; la décompression et l'installation peuvent prendre quelques minutes.</translation>
        </message>
        <message>
            <source>In all: {done} of about {total}</source>
            <translation>En tout : {done} sur environ {total}</translation>
        </message>
        <message>
            <source>In all: {done}</source>
            <translation>En tout : {done}</translation>
        </message>
        <message>
            <source>Cancelling…</source>
            <translation>Annulation…</translation>
        </message>
        <message>
            <source>Looking for a Python…</source>
            <translation>Recherche d'un Python…</translation>
        </message>
        <message>
            <source>The environment was removed.</source>
            <translation>L'environnement a été supprimé.</translation>
        </message>
        <message>
            <source>There was nothing of ours to remove.</source>
            <translation>Il n'y avait rien de nous à supprimer.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>aucun</translation>
        </message>
        <message>
            <source>{what}: {done} of {total}</source>
            <translation>{what} : {done} sur {total}</translation>
        </message>
        <message>
            <source>About {fetched} are fetched and {kept} kept.</source>
            <translation>Environ {fetched} sont téléchargés et {kept} conservés.</translation>
        </message>
        <message>
            <source>The models run in a Python environment of their own, apart from QGIS. It is made here; nothing is installed into QGIS.</source>
            <translation>Les modèles tournent dans un environnement Python à eux, à part de QGIS. Il est créé ici ; rien n'est installé dans QGIS.</translation>
        </message>
        <message>
            <source>The set-up is not finished; it goes on where it stopped.</source>
            <translation>L'installation n'est pas terminée ; elle reprend où elle s'est arrêtée.</translation>
        </message>
        <message>
            <source>QGIS was started with {variable}, whose Python is used.</source>
            <translation>QGIS a été démarré avec {variable}, dont le Python est utilisé.</translation>
        </message>
        <message>
            <source>The package index</source>
            <translation>L'index des paquets</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>Création de l'environnement</translation>
        </message>
        <message>
            <source>Installing pip, which fetches the rest</source>
            <translation>Installation de pip, qui télécharge le reste</translation>
        </message>
        <message>
            <source>Fetching and installing PyTorch, the largest part</source>
            <translation>Téléchargement et installation de PyTorch, la plus grande partie</translation>
        </message>
        <message>
            <source>Fetching and installing the other packages</source>
            <translation>Téléchargement et installation des autres paquets</translation>
        </message>
        <message>
            <source>Self-test</source>
            <translation>Autotest</translation>
        </message>
        <message>
            <source>{step}: done before</source>
            <translation>{step} : déjà fait</translation>
        </message>
        <message>
            <source>The change of the environment is not finished; until it is, the models run in the one from before.</source>
            <translation>La modification de l'environnement n'est pas terminée ; d'ici là, les modèles utilisent le précédent.</translation>
        </message>
        <message>
            <source>The environment was made for an earlier version of this plugin; update it.</source>
            <translation>L'environnement date d'une version antérieure de cette extension ; mettez-le à jour.</translation>
        </message>
        <message>
            <source>{speed} a second</source>
            <translation>{speed} par seconde</translation>
        </message>
        <message>
            <source>the server sends a web page instead, as where one has to sign in to the network first</source>
            <translation>le serveur envoie une page web à la place, comme là où il faut d'abord se connecter au réseau</translation>
        </message>
        <message>
            <source>the server has no such file</source>
            <translation>le serveur n'a pas ce fichier</translation>
        </message>
        <message>
            <source>the server's certificate is not trusted; see Authentication in QGIS's options</source>
            <translation>le certificat du serveur n'est pas reconnu ; voir Authentification dans les options de QGIS</translation>
        </message>
        <message>
            <source>the proxy does not let it through; see Network in QGIS's options</source>
            <translation>le proxy ne laisse pas passer ; voir Réseau dans les options de QGIS</translation>
        </message>
        <message>
            <source>the connection was cut</source>
            <translation>la connexion a été coupée</translation>
        </message>
        <message>
            <source>{offered} bytes are offered, the published file has {size}</source>
            <translation>{offered} octets sont proposés, le fichier publié en a {size}</translation>
        </message>
        <message>
            <source>the server gave another part (“{range}”) than was asked for</source>
            <translation>le serveur a donné une autre partie (« {range} ») que celle demandée</translation>
        </message>
        <message>
            <source>the server refuses it to us (status {status})</source>
            <translation>le serveur nous le refuse (statut {status})</translation>
        </message>
        <message>
            <source>the server answers with status {status}</source>
            <translation>le serveur répond avec le statut {status}</translation>
        </message>
        <message>
            <source>{path} cannot be read as a list of models ({reason}); install the plugin again.</source>
            <translation>{path} ne se lit pas comme une liste de modèles ({reason}) ; réinstallez l'extension.</translation>
        </message>
        <message>
            <source>COP-GEN: models</source>
            <translation>COP-GEN : modèles</translation>
        </message>
        <message>
            <source>Card of the model</source>
            <translation>Fiche du modèle</translation>
        </message>
        <message>
            <source>I have read the licence and the card</source>
            <translation>J'ai lu la licence et la fiche</translation>
        </message>
        <message>
            <source>&amp;From</source>
            <translation>&amp;De</translation>
        </message>
        <message>
            <source>the usual hub; or a mirror's address, or a folder</source>
            <translation>le dépôt habituel ; ou l'adresse d'un miroir, ou un dossier</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Choisir un dossier</translation>
        </message>
        <message>
            <source>&amp;Download</source>
            <translation>&amp;Télécharger</translation>
        </message>
        <message>
            <source>What arrived is kept for the next time.</source>
            <translation>Ce qui est arrivé est gardé pour la prochaine fois.</translation>
        </message>
        <message>
            <source>&amp;Verify</source>
            <translation>&amp;Vérifier</translation>
        </message>
        <message>
            <source>Read all of the model and compare it with what was installed.</source>
            <translation>Lire tout le modèle et le comparer à ce qui a été installé.</translation>
        </message>
        <message>
            <source>&amp;Remove…</source>
            <translation>&amp;Supprimer…</translation>
        </message>
        <message>
            <source>&amp;Import files…</source>
            <translation>&amp;Importer des fichiers…</translation>
        </message>
        <message>
            <source>Choose the folder that holds the model's files</source>
            <translation>Choisir le dossier qui contient les fichiers du modèle</translation>
        </message>
        <message>
            <source>Remove “{name}” from this computer?</source>
            <translation>Supprimer « {name} » de cet ordinateur ?</translation>
        </message>
        <message>
            <source>Remove what was fetched of “{name}”?</source>
            <translation>Supprimer ce qui a été téléchargé de « {name} » ?</translation>
        </message>
        <message>
            <source>Ma&amp;ke the model</source>
            <translation>&amp;Fabriquer le modèle</translation>
        </message>
        <message>
            <source>Read the licence and the card first.</source>
            <translation>Lisez d'abord la licence et la fiche.</translation>
        </message>
        <message>
            <source>Set up the models' environment first.</source>
            <translation>Installez d'abord l'environnement des modèles.</translation>
        </message>
        <message>
            <source>&amp;Continue the download</source>
            <translation>&amp;Continuer le téléchargement</translation>
        </message>
        <message>
            <source>All files are here and checked; set up the models' environment, then continue.</source>
            <translation>Tous les fichiers sont là et vérifiés ; installez l'environnement des modèles, puis continuez.</translation>
        </message>
        <message>
            <source>Another QGIS or program is fetching this model; wait for it or stop it.</source>
            <translation>Un autre QGIS ou programme télécharge ce modèle ; attendez-le ou arrêtez-le.</translation>
        </message>
        <message>
            <source>{path} cannot be written ({reason}); choose another folder.</source>
            <translation>{path} ne peut pas être écrit ({reason}) ; choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>{file} is not the published file (its SHA-256 is another one) and was thrown away; try again, or give another mirror.</source>
            <translation>{file} n'est pas le fichier publié (son SHA-256 est différent) et a été jeté ; réessayez, ou indiquez un autre miroir.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}); it stays, try again.</source>
            <translation>{path} ne peut pas être lu ({reason}) ; le fichier reste, réessayez.</translation>
        </message>
        <message>
            <source>{folder} holds no {file}; put that file of {repository} there.</source>
            <translation>{folder} ne contient pas {file} ; mettez-y ce fichier de {repository}.</translation>
        </message>
        <message>
            <source>Import a model</source>
            <translation>Importer un modèle</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Choisir un fichier</translation>
        </message>
        <message>
            <source>Either the folder of a model, or its two files in a published layout: .pth or .safetensors. They stay where they are; a copy is made.</source>
            <translation>Soit le dossier d'un modèle, soit ses deux fichiers dans une forme publiée : .pth ou .safetensors. Ils restent en place ; une copie est faite.</translation>
        </message>
        <message>
            <source>&amp;Folder of a model</source>
            <translation>&amp;Dossier d'un modèle</translation>
        </message>
        <message>
            <source>&amp;Transformer</source>
            <translation>&amp;Transformeur</translation>
        </message>
        <message>
            <source>&amp;Autoencoder</source>
            <translation>&amp;Auto-encodeur</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Nom</translation>
        </message>
        <message>
            <source>{folder}: {free} GB are free and {needed} GB needed, for the files and the model made of them; make room, or choose another folder.</source>
            <translation>{folder} : {free} Go sont libres et {needed} Go nécessaires, pour les fichiers et le modèle qui en est fait ; faites de la place, ou choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>{folder}: no such folder; give one that holds the files, or the address of a mirror.</source>
            <translation>{folder} : ce dossier n'existe pas ; indiquez-en un qui contient les fichiers, ou l'adresse d'un miroir.</translation>
        </message>
        <message>
            <source>{address}: give an address that begins with https://, or a folder.</source>
            <translation>{address} : indiquez une adresse qui commence par https://, ou un dossier.</translation>
        </message>
        <message>
            <source>{folder} is there already; move it somewhere else or remove it.</source>
            <translation>{folder} existe déjà ; déplacez-le ou supprimez-le.</translation>
        </message>
        <message>
            <source>Give the model a name.</source>
            <translation>Donnez un nom au modèle.</translation>
        </message>
        <message>
            <source>Choose either the folder of a model, or the files of a transformer and its autoencoder.</source>
            <translation>Choisissez soit le dossier d'un modèle, soit les fichiers d'un transformeur et de son auto-encodeur.</translation>
        </message>
        <message>
            <source>A model “{name}” is there already; remove it or choose another name.</source>
            <translation>Un modèle « {name} » est déjà là ; supprimez-le ou choisissez un autre nom.</translation>
        </message>
        <message>
            <source>Something goes on with “{name}” already; wait for it, cancel it or choose another name.</source>
            <translation>Quelque chose est déjà en cours avec « {name} » ; attendez, annulez ou choisissez un autre nom.</translation>
        </message>
        <message>
            <source>{path} cannot be removed ({reason}); end what uses it and try again.</source>
            <translation>{path} ne peut pas être supprimé ({reason}) ; arrêtez ce qui l'utilise et réessayez.</translation>
        </message>
        <message>
            <source>{file} cannot be fetched: {reason}. What arrived is kept; try again later, or give a mirror or a folder.</source>
            <translation>{file} ne peut pas être téléchargé : {reason}. Ce qui est arrivé est gardé ; réessayez plus tard, ou indiquez un miroir ou un dossier.</translation>
        </message>
        <message>
            <source>The disk of {folder} is full; make room and continue.</source>
            <translation>Le disque de {folder} est plein ; faites de la place et continuez.</translation>
        </message>
        <message>
            <source>the server sends more bytes than the published file has</source>
            <translation>le serveur envoie plus d'octets que n'en a le fichier publié</translation>
        </message>
        <message>
            <source>the server leads round in circles</source>
            <translation>le serveur fait tourner en rond</translation>
        </message>
        <message>
            <source>the server does not answer as a hub of models does</source>
            <translation>le serveur ne répond pas comme un dépôt de modèles</translation>
        </message>
        <message>
            <source>the server leads to an address that is not safe</source>
            <translation>le serveur mène à une adresse qui n'est pas sûre</translation>
        </message>
        <message>
            <source>embedded</source>
            <translation>fourni</translation>
        </message>
        <message>
            <source>not downloaded</source>
            <translation>non téléchargé</translation>
        </message>
        <message>
            <source>all files are here, not converted yet</source>
            <translation>tous les fichiers sont là, pas encore convertis</translation>
        </message>
        <message>
            <source>downloaded and verified</source>
            <translation>téléchargé et vérifié</translation>
        </message>
        <message>
            <source>installed, not verified</source>
            <translation>installé, non vérifié</translation>
        </message>
        <message>
            <source>damaged</source>
            <translation>endommagé</translation>
        </message>
        <message>
            <source>Making the model…</source>
            <translation>Fabrication du modèle…</translation>
        </message>
        <message>
            <source>Comparing what came with the published file…</source>
            <translation>Comparaison de ce qui est arrivé avec le fichier publié…</translation>
        </message>
        <message>
            <source>Waiting for the models' process…</source>
            <translation>En attente du processus des modèles…</translation>
        </message>
        <message>
            <source>Reading all of it…</source>
            <translation>Lecture de l'ensemble…</translation>
        </message>
        <message>
            <source>{there} of {size} are here</source>
            <translation>{there} sur {size} sont là</translation>
        </message>
        <message>
            <source>{there} of {size}</source>
            <translation>{there} sur {size}</translation>
        </message>
        <message>
            <source>{file} from {repository}, {size}</source>
            <translation>{file} de {repository}, {size}</translation>
        </message>
        <message>
            <source>{size} a second</source>
            <translation>{size} par seconde</translation>
        </message>
        <message>
            <source>about {time} left</source>
            <translation>encore {time} environ</translation>
        </message>
        <message>
            <source>Licence: {licence}</source>
            <translation>Licence : {licence}</translation>
        </message>
        <message>
            <source>{size} in {folder}</source>
            <translation>{size} dans {folder}</translation>
        </message>
        <message>
            <source>Elevation (DEM)</source>
            <translation>Altitude (MNT)</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Rouge</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>Vert</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Bleu</translation>
        </message>
        <message>
            <source>as recognised</source>
            <translation>tel que reconnu</translation>
        </message>
        <message>
            <source>elevation in metres</source>
            <translation>altitude en mètres</translation>
        </message>
        <message>
            <source>hillshade picture</source>
            <translation>image d'ombrage</translation>
        </message>
        <message>
            <source>8-bit picture</source>
            <translation>image 8 bits</translation>
        </message>
        <message>
            <source>true colour image (TCI)</source>
            <translation>image en vraies couleurs (TCI)</translation>
        </message>
        <message>
            <source>scaled numbers</source>
            <translation>nombres mis à l'échelle</translation>
        </message>
        <message>
            <source>linear power</source>
            <translation>puissance linéaire</translation>
        </message>
        <message>
            <source>amplitude</source>
            <translation>amplitude</translation>
        </message>
        <message>
            <source>decibels</source>
            <translation>décibels</translation>
        </message>
        <message>
            <source>reflectance</source>
            <translation>réflectance</translation>
        </message>
        <message>
            <source>from the metadata</source>
            <translation>d'après les métadonnées</translation>
        </message>
        <message>
            <source>from the file's tags</source>
            <translation>d'après les étiquettes du fichier</translation>
        </message>
        <message>
            <source>from the numbers</source>
            <translation>d'après les nombres</translation>
        </message>
        <message>
            <source>by their names</source>
            <translation>d'après leurs noms</translation>
        </message>
        <message>
            <source>by their order</source>
            <translation>d'après leur ordre</translation>
        </message>
        <message>
            <source>set by you</source>
            <translation>défini par vous</translation>
        </message>
        <message>
            <source>assumed</source>
            <translation>supposé</translation>
        </message>
        <message>
            <source>Exporting layers</source>
            <translation>Export des couches</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Chargement du modèle</translation>
        </message>
        <message>
            <source>Writing the graphs</source>
            <translation>Écriture des graphes</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lecture</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>Mesure</translation>
        </message>
        <message>
            <source>Denoising</source>
            <translation>Débruitage</translation>
        </message>
        <message>
            <source>Decoding</source>
            <translation>Décodage</translation>
        </message>
        <message>
            <source>Writing</source>
            <translation>Écriture</translation>
        </message>
        <message>
            <source>preparing</source>
            <translation>préparation</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>en attente</translation>
        </message>
        <message>
            <source>running</source>
            <translation>en cours</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>terminé</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>échec</translation>
        </message>
        <message>
            <source>cancelled</source>
            <translation>annulé</translation>
        </message>
        <message>
            <source>Elevation</source>
            <translation>Altitude</translation>
        </message>
        <message>
            <source>Red (B04)</source>
            <translation>Rouge (B04)</translation>
        </message>
        <message>
            <source>Green (B03)</source>
            <translation>Vert (B03)</translation>
        </message>
        <message>
            <source>Blue (B02)</source>
            <translation>Bleu (B02)</translation>
        </message>
    </context>
</TS>
