<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
    <context>
        <name>CopGen</name>
        <message>
            <source>{layer}: the area has {width} by {height} pixels, at most {largest} a side; choose a smaller area.</source>
            <translation>{layer}: la zona tiene {width} por {height} píxeles, como máximo {largest} por lado; elija una zona más pequeña.</translation>
        </message>
        <message>
            <source>{layer}: its pixels could not be exported; see whether QGIS shows the layer there.</source>
            <translation>{layer}: no se pudieron exportar sus píxeles; compruebe si QGIS muestra la capa allí.</translation>
        </message>
        <message>
            <source>{layer}: a map service covers no area of its own; choose an area.</source>
            <translation>{layer}: un servicio de mapas no tiene zona propia; elija una zona.</translation>
        </message>
        <message>
            <source>The area cannot be measured in {crs}; choose another.</source>
            <translation>La zona no se puede medir en {crs}; elija otra.</translation>
        </message>
        <message>
            <source>Exporting {layer}</source>
            <translation>Exportando {layer}</translation>
        </message>
        <message>
            <source>{layer}: the layer does not cover the chosen area.</source>
            <translation>{layer}: la capa no cubre la zona elegida.</translation>
        </message>
        <message>
            <source>{layer}: its pixels cannot be read.</source>
            <translation>{layer}: no se pueden leer sus píxeles.</translation>
        </message>
        <message>
            <source>{layer}: the export was cancelled.</source>
            <translation>{layer}: se canceló la exportación.</translation>
        </message>
        <message>
            <source>its no-data values are set in QGIS and are more than one</source>
            <translation>sus valores sin datos están definidos en QGIS y son más de uno</translation>
        </message>
        <message>
            <source>its no-data value is set in QGIS, and its numbers are scaled</source>
            <translation>su valor sin datos está definido en QGIS y sus números están escalados</translation>
        </message>
        <message>
            <source>{layer}: its bands have no no-data value in common; set one for all of them in its properties.</source>
            <translation>{layer}: sus bandas no tienen un valor sin datos común; defina uno para todas en sus propiedades.</translation>
        </message>
        <message>
            <source>{layer}: its no-data values cannot be applied.</source>
            <translation>{layer}: no se pueden aplicar sus valores sin datos.</translation>
        </message>
        <message>
            <source>{folder}: results cannot be written there; choose another folder in the settings.</source>
            <translation>{folder}: no se pueden escribir resultados allí; elija otra carpeta en la configuración.</translation>
        </message>
        <message>
            <source>{count} finished result(s) are kept in {folder}; add them as layers from there, or remove them.</source>
            <translation>{count} resultado(s) terminado(s) se conservan en {folder}; añádalos como capas desde allí o elimínelos.</translation>
        </message>
        <message>
            <source>Synthetic pixels: a generative model drew them; nothing was measured here. Model {model}, seed {seed}, {steps} steps, from {conditions}.</source>
            <translation>Píxeles sintéticos: los dibujó un modelo generativo; aquí no se midió nada. Modelo {model}, semilla {seed}, {steps} pasos, a partir de {conditions}.</translation>
        </message>
        <message>
            <source>DEM hillshade</source>
            <translation>Sombreado del MDE</translation>
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
            <translation>{path}: no se puede abrir este resultado; se movió, se borró o está dañado.</translation>
        </message>
        <message>
            <source>{name} (synthetic)</source>
            <translation>{name} (sintético)</translation>
        </message>
        <message>
            <source>DEM {product}</source>
            <translation>MDE {product}</translation>
        </message>
        <message>
            <source>{name}, sample {number} (synthetic)</source>
            <translation>{name}, muestra {number} (sintético)</translation>
        </message>
        <message>
            <source>synthetic</source>
            <translation>sintético</translation>
        </message>
        <message>
            <source>no condition</source>
            <translation>ninguna condición</translation>
        </message>
        <message>
            <source>{layer}: the layer has no coordinate reference system; assign one in its properties.</source>
            <translation>{layer}: la capa no tiene sistema de referencia de coordenadas; asígnele uno en sus propiedades.</translation>
        </message>
        <message>
            <source>{layer}: the layer covers no area; give a georeferenced raster.</source>
            <translation>{layer}: la capa no cubre ninguna superficie; indique un ráster georreferenciado.</translation>
        </message>
        <message>
            <source>{layer}: its extent, {east:g} by {north:g} degrees, is no place on Earth, as of a raster that has ground control points but no georeference; warp it first, for example with the Georeferencer.</source>
            <translation>{layer}: su extensión de {east:g} por {north:g} grados no es un lugar de la Tierra, como en un ráster con puntos de control pero sin georreferencia; rectifíquelo primero, por ejemplo con el Georreferenciador.</translation>
        </message>
        <message>
            <source>{layer}: the layer is not valid; its file is missing or damaged.</source>
            <translation>{layer}: la capa no es válida; su archivo falta o está dañado.</translation>
        </message>
        <message>
            <source>it does not lie in a file</source>
            <translation>no está en un archivo</translation>
        </message>
        <message>
            <source>it needs a login that QGIS keeps</source>
            <translation>necesita credenciales que guarda QGIS</translation>
        </message>
        <message>
            <source>the model runtime does not read this format</source>
            <translation>el entorno de los modelos no lee este formato</translation>
        </message>
        <message>
            <source>it was opened with options that cannot be handed on</source>
            <translation>se abrió con opciones que no se pueden transmitir</translation>
        </message>
        <message>
            <source>{layer}: its pixels must be exported first.</source>
            <translation>{layer}: primero hay que exportar sus píxeles.</translation>
        </message>
        <message>
            <source>Generate missing modalities…</source>
            <translation>Generar modalidades que faltan…</translation>
        </message>
        <message>
            <source>Open the COP-GEN panel with the selected layers as conditions</source>
            <translation>Abre el panel COP-GEN con las capas seleccionadas como condiciones</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>Modelos…</translation>
        </message>
        <message>
            <source>Download, check and remove models</source>
            <translation>Descargar, comprobar y eliminar modelos</translation>
        </message>
        <message>
            <source>Environment of the models…</source>
            <translation>Entorno de los modelos…</translation>
        </message>
        <message>
            <source>Set up, test, update or remove the Python environment that the models run in</source>
            <translation>Instalar, comprobar, actualizar o quitar el entorno de Python en el que se ejecutan los modelos</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Primeros pasos</translation>
        </message>
        <message>
            <source>From the set-up to a first picture</source>
            <translation>De la instalación a una primera imagen</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>Avanzado</translation>
        </message>
        <message>
            <source>The fast solver is tried on the embedded model only: on the published one it is unverified.</source>
            <translation>El método rápido solo se ha probado con el modelo integrado: con el publicado no está verificado.</translation>
        </message>
        <message>
            <source>as the preset says</source>
            <translation>lo que diga el preajuste</translation>
        </message>
        <message>
            <source>Another seed</source>
            <translation>Otra semilla</translation>
        </message>
        <message>
            <source>Results of projects without a folder of their own go there</source>
            <translation>Allí van los resultados de proyectos sin carpeta propia</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automático</translation>
        </message>
        <message>
            <source>As the model says</source>
            <translation>Lo que diga el modelo</translation>
        </message>
        <message>
            <source>Published: 50 steps</source>
            <translation>Publicado: 50 pasos</translation>
        </message>
        <message>
            <source>Fast: 8 to 10 steps</source>
            <translation>Rápido: 8 a 10 pasos</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Carpeta</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Preajuste</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Pasos</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>Muestras</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Semilla</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Dispositivo</translation>
        </message>
        <message>
            <source>{layer}: the chosen area does not exist in its coordinate reference system.</source>
            <translation>{layer}: la zona elegida no existe en su sistema de referencia de coordenadas.</translation>
        </message>
        <message>
            <source>The map shows no area; choose another area.</source>
            <translation>El mapa no muestra ninguna zona; elija otra zona.</translation>
        </message>
        <message>
            <source>Draw a rectangle on the map, or choose another area.</source>
            <translation>Dibuje un rectángulo en el mapa o elija otra zona.</translation>
        </message>
        <message>
            <source>Choose a polygon layer, or another area.</source>
            <translation>Elija una capa de polígonos u otra zona.</translation>
        </message>
        <message>
            <source>{layer}: the layer holds no polygon.</source>
            <translation>{layer}: la capa no contiene ningún polígono.</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Zona</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Dibujar</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map</source>
            <translation>Trazar un rectángulo en el mapa</translation>
        </message>
        <message>
            <source>Polygon layer</source>
            <translation>Capa de polígonos</translation>
        </message>
        <message>
            <source>Choose a polygon layer</source>
            <translation>Elegir una capa de polígonos</translation>
        </message>
        <message>
            <source>Whole layer</source>
            <translation>Capa completa</translation>
        </message>
        <message>
            <source>What the map shows</source>
            <translation>Lo que muestra el mapa</translation>
        </message>
        <message>
            <source>Drawn rectangle</source>
            <translation>Rectángulo dibujado</translation>
        </message>
        <message>
            <source>Polygons of a layer</source>
            <translation>Polígonos de una capa</translation>
        </message>
        <message>
            <source>No rectangle is drawn yet.</source>
            <translation>Aún no se ha dibujado un rectángulo.</translation>
        </message>
        <message>
            <source>Choose a raster layer</source>
            <translation>Elegir una capa ráster</translation>
        </message>
        <message>
            <source>Layer of the condition</source>
            <translation>Capa de la condición</translation>
        </message>
        <message>
            <source>Remove this condition</source>
            <translation>Quitar esta condición</translation>
        </message>
        <message>
            <source>What the layer shows</source>
            <translation>Qué muestra la capa</translation>
        </message>
        <message>
            <source>What is it?</source>
            <translation>¿Qué es?</translation>
        </message>
        <message>
            <source>Correct</source>
            <translation>Corregir</translation>
        </message>
        <message>
            <source>Set bands, encoding and offset yourself</source>
            <translation>Definir uno mismo bandas, codificación y desplazamiento</translation>
        </message>
        <message>
            <source>&amp;Add</source>
            <translation>A&amp;ñadir</translation>
        </message>
        <message>
            <source>Add a layer as another condition</source>
            <translation>Añadir una capa como otra condición</translation>
        </message>
        <message>
            <source>Conditions</source>
            <translation>Condiciones</translation>
        </message>
        <message>
            <source>Encoding</source>
            <translation>Codificación</translation>
        </message>
        <message>
            <source>Added to the stored numbers before anything else: −1000 for Sentinel-2 since baseline 04.00, else 0.</source>
            <translation>Se suma a los números almacenados antes que nada: −1000 para Sentinel-2 desde la línea base 04.00, si no 0.</translation>
        </message>
        <message>
            <source>Offset</source>
            <translation>Desplazamiento</translation>
        </message>
        <message>
            <source>band {number}</source>
            <translation>banda {number}</translation>
        </message>
        <message>
            <source>Add to this project</source>
            <translation>Añadir a este proyecto</translation>
        </message>
        <message>
            <source>Done, but its project was closed; the files are in {folder}.</source>
            <translation>Terminado, pero su proyecto se cerró; los archivos están en {folder}.</translation>
        </message>
        <message>
            <source>Done in {time}. The pixels are synthetic.</source>
            <translation>Terminado en {time}. Los píxeles son sintéticos.</translation>
        </message>
        <message>
            <source>The files are in {folder}.</source>
            <translation>Los archivos están en {folder}.</translation>
        </message>
        <message>
            <source>Looking at the layers…</source>
            <translation>Examinando las capas…</translation>
        </message>
        <message>
            <source>Choose the Python of the models' environment</source>
            <translation>Elegir el Python del entorno de los modelos</translation>
        </message>
        <message>
            <source>One click</source>
            <translation>Un clic</translation>
        </message>
        <message>
            <source>Set up the models' environment</source>
            <translation>Instalar el entorno de los modelos</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Instalar…</translation>
        </message>
        <message>
            <source>If you like, download the published model</source>
            <translation>Si lo desea, descargar el modelo publicado</translation>
        </message>
        <message>
            <source>Try it</source>
            <translation>Probar</translation>
        </message>
        <message>
            <source>Bundled scene (simulated)</source>
            <translation>Escena incluida (simulada)</translation>
        </message>
        <message>
            <source>Generating the hillshade of the bundled scene…</source>
            <translation>Generando el sombreado de la escena incluida…</translation>
        </message>
        <message>
            <source>Try it on the bundled scene</source>
            <translation>Probarlo con la escena incluida</translation>
        </message>
        <message>
            <source>Setting up the models' environment…</source>
            <translation>Instalando el entorno de los modelos…</translation>
        </message>
        <message>
            <source>Show…</source>
            <translation>Mostrar…</translation>
        </message>
        <message>
            <source>Finish setting up the models' environment</source>
            <translation>Terminar de instalar el entorno de los modelos</translation>
        </message>
        <message>
            <source>Go on…</source>
            <translation>Continuar…</translation>
        </message>
        <message>
            <source>Close; “First steps” in the menu Raster, COP-GEN brings them back.</source>
            <translation>Cerrar; «Primeros pasos» en el menú Ráster, COP-GEN los recupera.</translation>
        </message>
        <message>
            <source>Close the first steps</source>
            <translation>Cerrar los primeros pasos</translation>
        </message>
        <message>
            <source>All set. Choose a layer of your own below.</source>
            <translation>Todo listo. Elija abajo una capa propia.</translation>
        </message>
        <message>
            <source>done</source>
            <translation>hecho</translation>
        </message>
        <message>
            <source>Last runs</source>
            <translation>Últimas ejecuciones</translation>
        </message>
        <message>
            <source>Run aga&amp;in</source>
            <translation>Repet&amp;ir</translation>
        </message>
        <message>
            <source>New seed</source>
            <translation>Nueva semilla</translation>
        </message>
        <message>
            <source>Show se&amp;ttings</source>
            <translation>Ver a&amp;justes</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Registro</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>semilla {seed}</translation>
        </message>
        <message>
            <source>Generate DEM from S2</source>
            <translation>Generar MDE desde S2</translation>
        </message>
        <message>
            <source>Atmospheric correction (L1C to L2A)</source>
            <translation>Corrección atmosférica (L1C a L2A)</translation>
        </message>
        <message>
            <source>L1C from L2A</source>
            <translation>L1C desde L2A</translation>
        </message>
        <message>
            <source>S1 from S2</source>
            <translation>S1 desde S2</translation>
        </message>
        <message>
            <source>S2 from S1</source>
            <translation>S2 desde S1</translation>
        </message>
        <message>
            <source>Generate a synthetic hillshade picture from the selected Sentinel-2 layer</source>
            <translation>Genera una imagen de sombreado sintética a partir de la capa Sentinel-2 seleccionada</translation>
        </message>
        <message>
            <source>Generate synthetic surface reflectance (L2A) from the selected L1C layer</source>
            <translation>Genera reflectancia en superficie sintética (L2A) a partir de la capa L1C seleccionada</translation>
        </message>
        <message>
            <source>Generate synthetic top-of-atmosphere pixels (L1C) from the selected L2A layer</source>
            <translation>Genera píxeles sintéticos del techo de la atmósfera (L1C) a partir de la capa L2A seleccionada</translation>
        </message>
        <message>
            <source>Generate a synthetic Sentinel-1 picture from the selected Sentinel-2 layer</source>
            <translation>Genera una imagen Sentinel-1 sintética a partir de la capa Sentinel-2 seleccionada</translation>
        </message>
        <message>
            <source>Generate a synthetic Sentinel-2 picture from the selected Sentinel-1 layer</source>
            <translation>Genera una imagen Sentinel-2 sintética a partir de la capa Sentinel-1 seleccionada</translation>
        </message>
        <message>
            <source>Select a raster layer, then choose “{task}” again.</source>
            <translation>Seleccione una capa ráster y elija de nuevo «{task}».</translation>
        </message>
        <message>
            <source>“{layer}” looks like {modality}, and this needs {needed}. Correct that if it is wrong.</source>
            <translation>«{layer}» parece {modality} y aquí se necesita {needed}. Corríjalo si no es así.</translation>
        </message>
        <message>
            <source>Say what “{layer}” is, then generate.</source>
            <translation>Indique qué es «{layer}» y luego genere.</translation>
        </message>
        <message>
            <source>“{layer}” looks like {modality} already. Correct that if it is wrong, then generate.</source>
            <translation>«{layer}» ya parece {modality}. Corríjalo si no es así y luego genere.</translation>
        </message>
        <message>
            <source>Choose a raster layer for every condition.</source>
            <translation>Elija una capa ráster para cada condición.</translation>
        </message>
        <message>
            <source>Two layers are given as {modality}; correct what one of them is, or remove it.</source>
            <translation>Dos capas se dan como {modality}; corrija qué es una de ellas o quítela.</translation>
        </message>
        <message>
            <source>The layers given as {modality} are corrected differently; correct all of them alike.</source>
            <translation>Las capas indicadas como {modality} están corregidas de forma distinta; corríjalas todas igual.</translation>
        </message>
        <message>
            <source>The export of the layers was cancelled.</source>
            <translation>Se canceló la exportación de las capas.</translation>
        </message>
        <message>
            <source>Say what every layer is.</source>
            <translation>Indique qué es cada capa.</translation>
        </message>
        <message>
            <source>Choose all bands of a layer, or none.</source>
            <translation>Elija todas las bandas de una capa, o ninguna.</translation>
        </message>
        <message>
            <source>Choose what to generate.</source>
            <translation>Elija qué generar.</translation>
        </message>
        <message>
            <source>Will be exported first: {reason}.</source>
            <translation>Se exportará primero: {reason}.</translation>
        </message>
        <message>
            <source>{what} from {layer}</source>
            <translation>{what} desde {layer}</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Cancelado.</translation>
        </message>
        <message>
            <source>R&amp;un</source>
            <translation>Ejec&amp;utar</translation>
        </message>
        <message>
            <source>Ca&amp;ncel</source>
            <translation>Ca&amp;ncelar</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Progreso</translation>
        </message>
        <message>
            <source>Cancelling</source>
            <translation>Cancelando</translation>
        </message>
        <message>
            <source>Waiting for its turn</source>
            <translation>Esperando su turno</translation>
        </message>
        <message>
            <source>Preview: {modality}</source>
            <translation>Vista previa: {modality}</translation>
        </message>
        <message>
            <source>{modality} as it denoises</source>
            <translation>{modality} mientras se elimina el ruido</translation>
        </message>
        <message>
            <source>{count} waiting</source>
            <translation>{count} en espera</translation>
        </message>
        <message>
            <source>Set &amp;up…</source>
            <translation>&amp;Instalar…</translation>
        </message>
        <message>
            <source>Choose its P&amp;ython…</source>
            <translation>Elegir su P&amp;ython…</translation>
        </message>
        <message>
            <source>Start a&amp;gain</source>
            <translation>Re&amp;iniciar</translation>
        </message>
        <message>
            <source>Show the set-&amp;up…</source>
            <translation>Mostrar la &amp;instalación…</translation>
        </message>
        <message>
            <source>The models' environment is not set up yet.</source>
            <translation>El entorno de los modelos aún no está instalado.</translation>
        </message>
        <message>
            <source>Settings of the run</source>
            <translation>Ajustes de la ejecución</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>Generar</translation>
        </message>
        <message>
            <source>Given as a condition</source>
            <translation>Dada como condición</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>desconocido</translation>
        </message>
        <message>
            <source>1 chip</source>
            <translation>1 tesela</translation>
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
            <translation>{seconds} s por tesela</translation>
        </message>
        <message>
            <source>Band {bands}</source>
            <translation>Banda {bands}</translation>
        </message>
        <message>
            <source>Bands {bands}</source>
            <translation>Bandas {bands}</translation>
        </message>
        <message>
            <source>{stage} · about {time} left</source>
            <translation>{stage} · quedan unos {time}</translation>
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
            <translation>{count} teselas</translation>
        </message>
        <message>
            <source>time known after a first run</source>
            <translation>tiempo conocido tras una primera ejecución</translation>
        </message>
        <message>
            <source>The device is known once the runtime has started.</source>
            <translation>El dispositivo se sabrá cuando arranquen los modelos.</translation>
        </message>
        <message>
            <source>{memory} of memory</source>
            <translation>{memory} de memoria</translation>
        </message>
        <message>
            <source>Condition {modality}: {path}</source>
            <translation>Condición {modality}: {path}</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>unos {time}</translation>
        </message>
        <message>
            <source>offset {offset}</source>
            <translation>desplazamiento {offset}</translation>
        </message>
        <message>
            <source>{name} used: {value}</source>
            <translation>{name} utilizado: {value}</translation>
        </message>
        <message>
            <source>{modality} is both an input and to be generated; leave one out.</source>
            <translation>{modality} es a la vez entrada y lo que hay que generar; quite una de las dos.</translation>
        </message>
        <message>
            <source>Temporary results go when QGIS is closed; export the layers to keep them.</source>
            <translation>Los resultados temporales desaparecen al cerrar QGIS; exporte las capas para conservarlos.</translation>
        </message>
        <message>
            <source>The result is synthetic: a generative model draws what is plausible. Nothing in it was measured; do not use it as evidence. Another seed draws another answer.</source>
            <translation>El resultado es sintético: un modelo generativo dibuja lo que es plausible. Nada en él se midió; no lo use como prueba. Otra semilla dibuja otra respuesta.</translation>
        </message>
        <message>
            <source>synthetic,generate,satellite,elevation,hillshade,radar</source>
            <translation>sintético,generar,satélite,elevación,sombreado,radar</translation>
        </message>
        <message>
            <source>Model that was used</source>
            <translation>Modelo utilizado</translation>
        </message>
        <message>
            <source>Device that was used</source>
            <translation>Dispositivo utilizado</translation>
        </message>
        <message>
            <source>Cancelled; nothing was written.</source>
            <translation>Cancelado; no se escribió nada.</translation>
        </message>
        <message>
            <source>{folder}: nothing there is called {pattern}; choose another folder or pattern.</source>
            <translation>{folder}: nada allí se llama {pattern}; elija otra carpeta u otro patrón.</translation>
        </message>
        <message>
            <source>Generate for a folder or a tile index</source>
            <translation>Generar para una carpeta o un índice de teselas</translation>
        </message>
        <message>
            <source>Runs through all rasters of a folder, or through all polygons of a tile index over one raster, with the model loaded once. What fails is told and passed over. The results are called name_modality.tif.</source>
            <translation>Recorre todos los rásteres de una carpeta, o todos los polígonos de un índice de teselas sobre un ráster, con el modelo cargado una sola vez. Lo que falla se avisa y se salta. Los resultados se llaman name_modality.tif.</translation>
        </message>
        <message>
            <source>{layer}: {reason}; save it as a GeoTIFF first.</source>
            <translation>{layer}: {reason}; guárdela primero como GeoTIFF.</translation>
        </message>
        <message>
            <source>Names in the folder</source>
            <translation>Nombres en la carpeta</translation>
        </message>
        <message>
            <source>Tile index (polygons)</source>
            <translation>Índice de teselas (polígonos)</translation>
        </message>
        <message>
            <source>Field with the tiles' names</source>
            <translation>Campo con los nombres de las teselas</translation>
        </message>
        <message>
            <source>{path} is open as a layer; remove the layer or choose another folder.</source>
            <translation>{path} está abierto como capa; quite la capa o elija otra carpeta.</translation>
        </message>
        <message>
            <source>Folder of rasters</source>
            <translation>Carpeta de rásteres</translation>
        </message>
        <message>
            <source>With * and ?; **/*.tif takes subfolders too. Each raster may cover 4,000 by 4,000 pixels of 10 m at most.</source>
            <translation>Con * y ?; **/*.tif incluye las subcarpetas. Cada ráster puede cubrir como máximo 4.000 por 4.000 píxeles de 10 m.</translation>
        </message>
        <message>
            <source>Raster for the tile index</source>
            <translation>Ráster para el índice de teselas</translation>
        </message>
        <message>
            <source>What the inputs show</source>
            <translation>Qué muestran las entradas</translation>
        </message>
        <message>
            <source>To generate</source>
            <translation>A generar</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Bandas</translation>
        </message>
        <message>
            <source>Folder for the results</source>
            <translation>Carpeta para los resultados</translation>
        </message>
        <message>
            <source>Files that were written</source>
            <translation>Archivos escritos</translation>
        </message>
        <message>
            <source>Names of what failed</source>
            <translation>Nombres de lo que falló</translation>
        </message>
        <message>
            <source>Give a folder of rasters, or a tile index and its raster.</source>
            <translation>Indique una carpeta de rásteres, o un índice de teselas y su ráster.</translation>
        </message>
        <message>
            <source>The folder is temporary and goes when QGIS is closed; copy what you need.</source>
            <translation>La carpeta es temporal y desaparece al cerrar QGIS; copie lo que necesite.</translation>
        </message>
        <message>
            <source>{path} is there already; remove it or choose another folder.</source>
            <translation>{path} ya existe; elimínelo o elija otra carpeta.</translation>
        </message>
        <message>
            <source>Cancelled; what was written before stays: {files}</source>
            <translation>Cancelado; lo que ya se escribió se conserva: {files}</translation>
        </message>
        <message>
            <source>Draws the terrain that a Sentinel-2 scene shows, as a hillshade lit from the north-west: a picture of relief in grey levels, no elevations in metres. The result lies on the input's pixels.</source>
            <translation>Dibuja el terreno que muestra una escena Sentinel-2 como sombreado iluminado desde el noroeste: una imagen del relieve en niveles de gris, no elevaciones en metros. El resultado se ajusta a los píxeles de la entrada.</translation>
        </message>
        <message>
            <source>{name}: {path} is no GeoTIFF; results carry tags that mark them as synthetic, so end it in .tif.</source>
            <translation>{name}: {path} no es un GeoTIFF; los resultados llevan etiquetas que los marcan como sintéticos, por eso debe terminar en .tif.</translation>
        </message>
        <message>
            <source>{name}: {path} is open as a layer; remove the layer or choose another name.</source>
            <translation>{name}: {path} está abierto como capa; quite la capa o elija otro nombre.</translation>
        </message>
        <message>
            <source>{name}: {folder} may not be written to; choose another folder.</source>
            <translation>{name}: no se permite escribir en {folder}; elija otra carpeta.</translation>
        </message>
        <message>
            <source>{folder}: cannot be written to ({reason}); choose another folder.</source>
            <translation>{folder}: no se puede escribir ({reason}); elija otra carpeta.</translation>
        </message>
        <message>
            <source>{path}: cannot be written ({reason}); choose another destination.</source>
            <translation>{path}: no se puede escribir ({reason}); elija otro destino.</translation>
        </message>
        <message>
            <source>{name}: {path} is the destination of another result too; choose another name.</source>
            <translation>{name}: {path} ya es el destino de otro resultado; elija otro nombre.</translation>
        </message>
        <message>
            <source>{name}: {path} is an input; choose another name.</source>
            <translation>{name}: {path} es una entrada; elija otro nombre.</translation>
        </message>
        <message>
            <source>{name}: {path} is a folder; name a file in it.</source>
            <translation>{name}: {path} es una carpeta; indique un archivo dentro de ella.</translation>
        </message>
        <message>
            <source>{layer} is exported first: {reason}.</source>
            <translation>{layer} se exporta primero: {reason}.</translation>
        </message>
        <message>
            <source>{layer}: the area lies where its coordinate reference system has no coordinates.</source>
            <translation>{layer}: la zona está donde su sistema de referencia no tiene coordenadas.</translation>
        </message>
        <message>
            <source>Export a model to ONNX</source>
            <translation>Exportar un modelo a ONNX</translation>
        </message>
        <message>
            <source>Writes a model into a folder of its own, with ONNX graphs of its transformer and its autoencoder beside the weights. Give that folder as the model of any COP-GEN algorithm; it runs on ONNX Runtime and OpenVINO too, without torch. A large model takes minutes and several gigabytes of memory.</source>
            <translation>Escribe un modelo en una carpeta propia, con los grafos ONNX de su transformador y de su autocodificador junto a los pesos. Dé esa carpeta como modelo de cualquier algoritmo COP-GEN; funciona también con ONNX Runtime y OpenVINO, sin torch. Un modelo grande necesita minutos y varios gigabytes de memoria.</translation>
        </message>
        <message>
            <source>What an exported model draws is as synthetic as what the model itself draws.</source>
            <translation>Lo que dibuja un modelo exportado es tan sintético como lo que dibuja el propio modelo.</translation>
        </message>
        <message>
            <source>fp32: as exact as the model. fp16: half the size, and half precision on graphics cards. int8: for processors; refused where it would change the pictures by more than one grey level on average.</source>
            <translation>fp32: tan exacto como el modelo. fp16: la mitad del tamaño, y media precisión en tarjetas gráficas. int8: para procesadores; se rechaza donde cambiaría las imágenes en más de un nivel de gris de media.</translation>
        </message>
        <message>
            <source>{name}: {path} is there already and not empty; choose another folder.</source>
            <translation>{name}: {path} ya existe y no está vacía; elija otra carpeta.</translation>
        </message>
        <message>
            <source>Version of the ONNX operators</source>
            <translation>Versión de los operadores ONNX</translation>
        </message>
        <message>
            <source>auto, the name of an installed model, or a folder with one.</source>
            <translation>auto, el nombre de un modelo instalado o una carpeta que lo contenga.</translation>
        </message>
        <message>
            <source>Folder for the exported model</source>
            <translation>Carpeta para el modelo exportado</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Precisión</translation>
        </message>
        <message>
            <source>Older programs that read ONNX need a smaller one.</source>
            <translation>Los programas más antiguos que leen ONNX necesitan una menor.</translation>
        </message>
        <message>
            <source>Generate missing modalities</source>
            <translation>Generar modalidades que faltan</translation>
        </message>
        <message>
            <source>Draws what is missing of one place: elevation as a hillshade, a Sentinel-1 composite, Sentinel-2 L1C or L2A, any from any of the others. Give one input or more of the same place, and a destination for each modality you want; those are drawn together, so that they agree.</source>
            <translation>Dibuja lo que falta de un lugar: elevación como sombreado, una composición Sentinel-1, Sentinel-2 L1C o L2A, cualquiera a partir de los demás. Indique una o más entradas del mismo lugar y un destino para cada modalidad deseada; se dibujan juntas para que concuerden.</translation>
        </message>
        <message>
            <source>No input is given; choose a raster for at least one of {inputs}.</source>
            <translation>No hay ninguna entrada; elija un ráster para al menos uno de {inputs}.</translation>
        </message>
        <message>
            <source>Nothing is to be generated; give a destination for at least one of {outputs}.</source>
            <translation>No hay nada que generar; indique un destino para al menos uno de {outputs}.</translation>
        </message>
        <message>
            <source>Files of the second and later samples</source>
            <translation>Archivos de la segunda muestra y siguientes</translation>
        </message>
        <message>
            <source>{input}: encoding</source>
            <translation>{input}: codificación</translation>
        </message>
        <message>
            <source>{input}: bands</source>
            <translation>{input}: bandas</translation>
        </message>
        <message>
            <source>{input}: offset</source>
            <translation>{input}: desplazamiento</translation>
        </message>
        <message>
            <source>Draws how a Sentinel-2 scene would look from above the atmosphere: top-of-atmosphere reflectance (L1C) in red, green and blue from surface reflectance (L2A).</source>
            <translation>Dibuja cómo se vería una escena Sentinel-2 por encima de la atmósfera: reflectancia en el techo de la atmósfera (L1C) en rojo, verde y azul a partir de la reflectancia en superficie (L2A).</translation>
        </message>
        <message>
            <source>Draws how a Sentinel-2 scene would look without the atmosphere: surface reflectance (L2A) in red, green and blue from top-of-atmosphere reflectance (L1C). A picture of what is plausible, not a radiative transfer.</source>
            <translation>Dibuja cómo se vería una escena Sentinel-2 sin la atmósfera: reflectancia en superficie (L2A) en rojo, verde y azul a partir de la reflectancia en el techo de la atmósfera (L1C). Una imagen de lo plausible, no una transferencia radiativa.</translation>
        </message>
        <message>
            <source>{name}: {layer} has no coordinate reference system; assign one in its properties.</source>
            <translation>{name}: {layer} no tiene sistema de referencia de coordenadas; asígnele uno en sus propiedades.</translation>
        </message>
        <message>
            <source>{name}: {layer} holds no polygons; give a polygon layer.</source>
            <translation>{name}: {layer} no contiene polígonos; indique una capa de polígonos.</translation>
        </message>
        <message>
            <source>{name}: {layer} has no polygon to use; draw or select one.</source>
            <translation>{name}: {layer} no tiene ningún polígono que usar; dibuje o seleccione uno.</translation>
        </message>
        <message>
            <source>The polygons of the mask cannot be written ({reason}).</source>
            <translation>No se pueden escribir los polígonos de la máscara ({reason}).</translation>
        </message>
        <message>
            <source>Level of the input; auto recognises it, and takes {level} where nothing tells.</source>
            <translation>Nivel de la entrada; auto lo reconoce y toma {level} si nada lo indica.</translation>
        </message>
        <message>
            <source>Sentinel-2 scene</source>
            <translation>Escena Sentinel-2</translation>
        </message>
        <message>
            <source>Level of the result: surface reflectance (l2a) or top of atmosphere (l1c).</source>
            <translation>Nivel del resultado: reflectancia en superficie (l2a) o techo de la atmósfera (l1c).</translation>
        </message>
        <message>
            <source>Level of the input</source>
            <translation>Nivel de la entrada</translation>
        </message>
        <message>
            <source>{layer} is {found}, and this needs {needed}; choose another input or algorithm, or set LEVEL.</source>
            <translation>{layer} es {found} y aquí se necesita {needed}; elija otra entrada u otro algoritmo, o fije LEVEL.</translation>
        </message>
        <message>
            <source>Level of the result</source>
            <translation>Nivel del resultado</translation>
        </message>
        <message>
            <source>{layer}: nothing tells its level, taken for {modality}; set LEVEL if that is wrong.</source>
            <translation>{layer}: nada indica su nivel, se toma por {modality}; fije LEVEL si no es así.</translation>
        </message>
        <message>
            <source>Numbers or names, separated by commas, in the order red, green, blue or VV, VH. Empty: recognised.</source>
            <translation>Números o nombres, separados por comas, en el orden rojo, verde, azul o VV, VH. Vacío: se reconoce.</translation>
        </message>
        <message>
            <source>What the stored numbers are; auto recognises it from the file.</source>
            <translation>Qué son los números almacenados; auto lo reconoce por el archivo.</translation>
        </message>
        <message>
            <source>auto, or the number added to the stored numbers: −1000 for Sentinel-2 baseline 04.00 and later, else 0.</source>
            <translation>auto, o el número que se suma a los almacenados: −1000 para Sentinel-2 desde la línea base 04.00, si no 0.</translation>
        </message>
        <message>
            <source>How many answers to draw; the second and later ones are written beside as name_sample2.tif and so on.</source>
            <translation>Cuántas respuestas dibujar; la segunda y las siguientes se escriben al lado como name_sample2.tif, etc.</translation>
        </message>
        <message>
            <source>Only this part is generated. Empty: all that the inputs share, at most 4,000 by 4,000 pixels of 10 m.</source>
            <translation>Solo se genera esta parte. Vacío: todo lo que comparten las entradas, como máximo 4000 por 4000 píxeles de 10 m.</translation>
        </message>
        <message>
            <source>Pixels outside the polygons become nodata; give the area too, to save the time for what lies outside.</source>
            <translation>Los píxeles fuera de los polígonos quedan sin datos; indique también la zona para ahorrar el tiempo de lo que queda fuera.</translation>
        </message>
        <message>
            <source>reference: the 50 evaluations of the published results; fast: a solver that needs 8 to 10, tried on the embedded model only; auto: as the model was made for.</source>
            <translation>reference: las 50 evaluaciones de los resultados publicados; fast: un método que necesita de 8 a 10, probado solo con el modelo integrado; auto: aquello para lo que se hizo el modelo.</translation>
        </message>
        <message>
            <source>Evaluations of the network; 0: as many as the preset has.</source>
            <translation>Evaluaciones de la red; 0: tantas como tenga el preajuste.</translation>
        </message>
        <message>
            <source>The same seed gives the same picture, another seed another one that is as likely.</source>
            <translation>La misma semilla da la misma imagen; otra semilla, otra igual de probable.</translation>
        </message>
        <message>
            <source>Empty: that of the input where it is in metres, else the UTM zone of the area.</source>
            <translation>Vacío: el de la entrada si está en metros; si no, la zona UTM del área.</translation>
        </message>
        <message>
            <source>auto takes the fastest one that works.</source>
            <translation>auto toma el más rápido que funcione.</translation>
        </message>
        <message>
            <source>Mask (polygons)</source>
            <translation>Máscara (polígonos)</translation>
        </message>
        <message>
            <source>Coordinate reference system of the results</source>
            <translation>Sistema de referencia de coordenadas de los resultados</translation>
        </message>
        <message>
            <source>{name}: {value} cannot be opened as a raster; it is damaged or of an unknown format.</source>
            <translation>{name}: {value} no se puede abrir como ráster; está dañado o su formato es desconocido.</translation>
        </message>
        <message>
            <source>{name}: {value} is unknown; use {options}.</source>
            <translation>{name}: {value} es desconocido; use {options}.</translation>
        </message>
        <message>
            <source>{name}: {value} lies outside {lowest} to {highest}.</source>
            <translation>{name}: {value} no está entre {lowest} y {highest}.</translation>
        </message>
        <message>
            <source>{name}: there is no folder {model}; give auto, the name of a model or its folder.</source>
            <translation>{name}: no existe la carpeta {model}; indique auto, el nombre de un modelo o su carpeta.</translation>
        </message>
        <message>
            <source>{name}: {value} is no coordinate reference system; give one such as EPSG:32632.</source>
            <translation>{name}: {value} no es un sistema de referencia de coordenadas; indique uno como EPSG:32632.</translation>
        </message>
        <message>
            <source>{name}: {value} is no area there; give west, east, south, north and the reference system.</source>
            <translation>{name}: {value} no es una zona allí; indique oeste, este, sur, norte y el sistema de referencia.</translation>
        </message>
        <message>
            <source>{name}: the area does not overlap {layer}; choose one where it has pixels.</source>
            <translation>{name}: la zona no se solapa con {layer}; elija una donde tenga píxeles.</translation>
        </message>
        <message>
            <source>{name}: {value} cannot be opened as a vector layer; give polygons.</source>
            <translation>{name}: {value} no se puede abrir como capa vectorial; indique polígonos.</translation>
        </message>
        <message>
            <source>{name}: {value} is no number; give auto or a number such as -1000.</source>
            <translation>{name}: {value} no es un número; indique auto o un número como -1000.</translation>
        </message>
        <message>
            <source>{name}: there is no file {path}; choose another.</source>
            <translation>{name}: no existe el archivo {path}; elija otro.</translation>
        </message>
        <message>
            <source>{name}: no raster is given; choose one.</source>
            <translation>{name}: no se indicó ningún ráster; elija uno.</translation>
        </message>
        <message>
            <source>{name}: a whole number is needed, found {value}.</source>
            <translation>{name}: se necesita un número entero y se encontró {value}.</translation>
        </message>
        <message>
            <source>{model} on {device}: {chips} chip(s), {steps} steps, {seconds} s</source>
            <translation>{model} en {device}: {chips} tesela(s), {steps} pasos, {seconds} s</translation>
        </message>
        <message>
            <source>The plugin was unloaded or updated meanwhile; what was written before stays. Start it again.</source>
            <translation>Entretanto el complemento se descargó de la memoria o se actualizó; lo escrito antes se conserva. Vuelva a iniciarlo.</translation>
        </message>
        <message>
            <source>{modality}: {file}, bands {bands} ({bands_source}), {encoding}, offset {offset} ({offset_source})</source>
            <translation>{modality}: {file}, bandas {bands} ({bands_source}), {encoding}, desplazamiento {offset} ({offset_source})</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>Se canceló la ejecución.</translation>
        </message>
        <message>
            <source>Draws how radar would see a Sentinel-2 scene: a Sentinel-1 composite in 8 bits, red for VV, blue for VH and green for their sum, after terrain correction. A picture, no backscatter in decibels.</source>
            <translation>Dibuja cómo vería el radar una escena Sentinel-2: una composición Sentinel-1 de 8 bits, rojo para VV, azul para VH y verde para su suma, tras la corrección del terreno. Una imagen, no retrodispersión en decibelios.</translation>
        </message>
        <message>
            <source>Draws how Sentinel-2 might see what Sentinel-1 measured (VV and VH, terrain corrected), below clouds too: reflectance in red, green and blue, at the surface (L2A) or above the atmosphere (L1C).</source>
            <translation>Dibuja cómo podría ver Sentinel-2 lo que midió Sentinel-1 (VV y VH, con corrección del terreno), también bajo nubes: reflectancia en rojo, verde y azul, en superficie (L2A) o por encima de la atmósfera (L1C).</translation>
        </message>
        <message>
            <source>{name}: no polygon overlaps {layer}; give tiles of the same place.</source>
            <translation>{name}: ningún polígono se solapa con {layer}; indique teselas del mismo lugar.</translation>
        </message>
        <message>
            <source>{name}: no polygons are given; choose a layer.</source>
            <translation>{name}: no se indicaron polígonos; elija una capa.</translation>
        </message>
        <message>
            <source>it crashed or was killed, as happens when memory runs out</source>
            <translation>falló o fue terminado, como ocurre cuando se agota la memoria</translation>
        </message>
        <message>
            <source>it could not be started ({reason})</source>
            <translation>no se pudo iniciar ({reason})</translation>
        </message>
        <message>
            <source>it ended with status {status}</source>
            <translation>terminó con el estado {status}</translation>
        </message>
        <message>
            <source>The Python in the settings</source>
            <translation>El Python de la configuración</translation>
        </message>
        <message>
            <source>The set-up of the models' environment is not finished; go on with it in the COP-GEN panel.</source>
            <translation>La instalación del entorno de los modelos no está terminada; continúela en el panel COP-GEN.</translation>
        </message>
        <message>
            <source>The models' environment is not set up yet: choose Set up in the COP-GEN panel, or start QGIS with the environment variable {variable} set to a Python that has their packages.</source>
            <translation>El entorno de los modelos aún no está instalado: elija «Instalar» en el panel COP-GEN, o inicie QGIS con la variable de entorno {variable} apuntando a un Python que tenga sus paquetes.</translation>
        </message>
        <message>
            <source>{name}: {path} is no program; choose the Python of the models' environment.</source>
            <translation>{name}: {path} no es un programa; elija el Python del entorno de los modelos.</translation>
        </message>
        <message>
            <source>The models' process is starting.</source>
            <translation>El proceso de los modelos se está iniciando.</translation>
        </message>
        <message>
            <source>The models' process ended unexpectedly: {reason}. The next run starts it again.</source>
            <translation>El proceso de los modelos terminó de forma inesperada: {reason}. La próxima ejecución lo inicia de nuevo.</translation>
        </message>
        <message>
            <source>The models are not loaded; the first run loads them.</source>
            <translation>Los modelos no están cargados; la primera ejecución los carga.</translation>
        </message>
        <message>
            <source>The models' environment is being changed; wait for the end of its set-up.</source>
            <translation>El entorno de los modelos se está cambiando; espere a que termine su instalación.</translation>
        </message>
        <message>
            <source>Running.</source>
            <translation>En ejecución.</translation>
        </message>
        <message>
            <source>Ready.</source>
            <translation>Listo.</translation>
        </message>
        <message>
            <source>The models' process speaks another language than this plugin ({reason}).</source>
            <translation>El proceso de los modelos habla otro idioma que este complemento ({reason}).</translation>
        </message>
        <message>
            <source>COP-GEN: environment of the models</source>
            <translation>COP-GEN: entorno de los modelos</translation>
        </message>
        <message>
            <source>Progress of the set-up</source>
            <translation>Progreso de la instalación</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>Opciones</translation>
        </message>
        <message>
            <source>Environment and models lie here, outside QGIS and the plugin.</source>
            <translation>Aquí están el entorno y los modelos, fuera de QGIS y del complemento.</translation>
        </message>
        <message>
            <source>A folder with all wheels; nothing is fetched from a network then.</source>
            <translation>Una carpeta con todos los wheels; entonces no se descarga nada.</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>&amp;Carpeta</translation>
        </message>
        <message>
            <source>P&amp;ython</source>
            <translation>P&amp;ython</translation>
        </message>
        <message>
            <source>P&amp;rocessor</source>
            <translation>P&amp;rocesador</translation>
        </message>
        <message>
            <source>Folder of &amp;wheels</source>
            <translation>Carpeta de &amp;wheels</translation>
        </message>
        <message>
            <source>Package inde&amp;x</source>
            <translation>Índice de pa&amp;quetes</translation>
        </message>
        <message>
            <source>Index for &amp;torch</source>
            <translation>Índice para &amp;torch</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Detalles</translation>
        </message>
        <message>
            <source>&amp;Set up</source>
            <translation>&amp;Instalar</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Cancelar</translation>
        </message>
        <message>
            <source>Copy &amp;report</source>
            <translation>Copiar el in&amp;forme</translation>
        </message>
        <message>
            <source>For a question to others; without your name, home folder, passwords and tokens.</source>
            <translation>Para preguntar a otros; sin su nombre, carpeta personal, contraseñas ni claves.</translation>
        </message>
        <message>
            <source>&amp;Use another Python…</source>
            <translation>&amp;Usar otro Python…</translation>
        </message>
        <message>
            <source>A Python that has all packages already; nothing is installed.</source>
            <translation>Un Python que ya tiene todos los paquetes; no se instala nada.</translation>
        </message>
        <message>
            <source>Re&amp;move…</source>
            <translation>&amp;Quitar…</translation>
        </message>
        <message>
            <source>Cl&amp;ose</source>
            <translation>C&amp;errar</translation>
        </message>
        <message>
            <source>What the set-up installed is deleted. Models and results stay.</source>
            <translation>Se borra lo que se instaló. Los modelos y los resultados se quedan.</translation>
        </message>
        <message>
            <source>As the machine is</source>
            <translation>Según el equipo</translation>
        </message>
        <message>
            <source>CPU or Apple GPU</source>
            <translation>CPU o GPU de Apple</translation>
        </message>
        <message>
            <source>the usual one</source>
            <translation>el habitual</translation>
        </message>
        <message>
            <source>Python {versions} to make the environment with; empty: looked for.</source>
            <translation>Python {versions} con el que se crea el entorno; vacío: se busca.</translation>
        </message>
        <message>
            <source>Remove the environment in {folder}?</source>
            <translation>¿Quitar el entorno de {folder}?</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>&amp;Continuar</translation>
        </message>
        <message>
            <source>&amp;Update</source>
            <translation>&amp;Actualizar</translation>
        </message>
        <message>
            <source>&amp;Set up again</source>
            <translation>&amp;Instalar de nuevo</translation>
        </message>
        <message>
            <source>The environment is ready.</source>
            <translation>El entorno está listo.</translation>
        </message>
        <message>
            <source>For NVIDIA it is several gigabytes.</source>
            <translation>Para NVIDIA son varios gigabytes.</translation>
        </message>
        <message>
            <source>Removing…</source>
            <translation>Quitando…</translation>
        </message>
        <message>
            <source>Cancelled. What is done need not be done again.</source>
            <translation>Cancelado. Lo hecho no hay que repetirlo.</translation>
        </message>
        <message>
            <source>The set-up stopped: {detail}. The details tell more.</source>
            <translation>La instalación se detuvo: {detail}. Los detalles dicen más.</translation>
        </message>
        <message>
            <source>A run is going on; wait for its end or cancel it, then try again.</source>
            <translation>Hay una tarea en curso; espere a que termine o cancélela y vuelva a intentarlo.</translation>
        </message>
        <message>
            <source>Python {versions} is needed, and found was: {detail}. Install one (python.org or your system's packages) or the program uv, then try again; or choose one under Options.</source>
            <translation>Se necesita Python {versions}; se encontró: {detail}. Instale uno (python.org o los paquetes de su sistema) o el programa uv e inténtelo de nuevo; o elija uno en Opciones.</translation>
        </message>
        <message>
            <source>Another QGIS is at the set-up of this environment; wait for its end.</source>
            <translation>Otro QGIS está instalando este entorno; espere a que termine.</translation>
        </message>
        <message>
            <source>{detail} lies in the plugin's own folder, which QGIS deletes on every upgrade; choose another.</source>
            <translation>{detail} está en la carpeta del complemento, que QGIS borra en cada actualización; elija otra.</translation>
        </message>
        <message>
            <source>{detail} exists already and was not made by this plugin; choose another folder.</source>
            <translation>{detail} ya existe y no lo creó este complemento; elija otra carpeta.</translation>
        </message>
        <message>
            <source>The disk has not enough room ({detail}). Free some, or choose a folder on another disk.</source>
            <translation>No hay suficiente espacio en el disco ({detail}). Libere espacio o elija una carpeta en otro disco.</translation>
        </message>
        <message>
            <source>{detail} cannot be written; choose another folder or ask for the right to write there.</source>
            <translation>No se puede escribir en {detail}; elija otra carpeta o pida permiso de escritura.</translation>
        </message>
        <message>
            <source>{detail} cannot be reached. Check the connection, and the proxy in QGIS's network settings, then go on; what was fetched is kept. Another index, or a folder of wheels where there is no network, goes under Options.</source>
            <translation>{detail} no está accesible. Compruebe la conexión y el proxy en los ajustes de red de QGIS y continúe; lo descargado se conserva. Otro índice, o una carpeta de wheels si no hay red, se indica en Opciones.</translation>
        </message>
        <message>
            <source>The proxy does not let it through; check its address and password in QGIS's network settings.</source>
            <translation>El proxy no lo deja pasar; compruebe su dirección y contraseña en los ajustes de red de QGIS.</translation>
        </message>
        <message>
            <source>The certificate of the package index is not trusted. If your organisation has its own authority, add it in QGIS's settings under Authentication, Manage certificates.</source>
            <translation>El certificado del índice de paquetes no es de confianza. Si su organización tiene su propia autoridad, añádala en los ajustes de QGIS en Autenticación, Gestionar certificados.</translation>
        </message>
        <message>
            <source>The package index refuses access; check its address under Options.</source>
            <translation>El índice de paquetes deniega el acceso; compruebe su dirección en Opciones.</translation>
        </message>
        <message>
            <source>The address of the package index does not begin with https; correct it under Options.</source>
            <translation>La dirección del índice de paquetes no empieza por https; corríjala en Opciones.</translation>
        </message>
        <message>
            <source>What was fetched is damaged ({detail}); try again, or choose another package index.</source>
            <translation>Lo descargado está dañado ({detail}); inténtelo de nuevo o elija otro índice de paquetes.</translation>
        </message>
        <message>
            <source>A package is not there for this Python: {detail}. Choose a Python of another version, another package index, or a complete folder of wheels under Options.</source>
            <translation>Falta un paquete para este Python: {detail}. Elija en Opciones un Python de otra versión, otro índice de paquetes o una carpeta completa de wheels.</translation>
        </message>
        <message>
            <source>Everything is installed, but the self-test failed: {detail}.</source>
            <translation>Todo está instalado, pero la autoprueba falló: {detail}.</translation>
        </message>
        <message>
            <source>The set-up was ended from outside ({detail}); go on to finish it.</source>
            <translation>La instalación fue interrumpida desde fuera ({detail}); continúela para terminarla.</translation>
        </message>
        <message>
            <source>All of it is here; unpacking and installing it may take some minutes.</source>
            <translation>Ya está todo; descomprimirlo e instalarlo puede tardar unos minutos.</translation>
        </message>
        <message>
            <source>In all: {done} of about {total}</source>
            <translation>En total: {done} de unos {total}</translation>
        </message>
        <message>
            <source>In all: {done}</source>
            <translation>En total: {done}</translation>
        </message>
        <message>
            <source>Cancelling…</source>
            <translation>Cancelando…</translation>
        </message>
        <message>
            <source>Looking for a Python…</source>
            <translation>Buscando un Python…</translation>
        </message>
        <message>
            <source>The environment was removed.</source>
            <translation>Se quitó el entorno.</translation>
        </message>
        <message>
            <source>There was nothing of ours to remove.</source>
            <translation>No había nada nuestro que quitar.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>ninguno</translation>
        </message>
        <message>
            <source>{what}: {done} of {total}</source>
            <translation>{what}: {done} de {total}</translation>
        </message>
        <message>
            <source>About {fetched} are fetched and {kept} kept.</source>
            <translation>Se descargan unos {fetched} y se guardan {kept}.</translation>
        </message>
        <message>
            <source>The models run in a Python environment of their own, apart from QGIS. It is made here; nothing is installed into QGIS.</source>
            <translation>Los modelos se ejecutan en su propio entorno de Python, aparte de QGIS. Se crea aquí; no se instala nada en QGIS.</translation>
        </message>
        <message>
            <source>The set-up is not finished; it goes on where it stopped.</source>
            <translation>La instalación no está terminada; continúa donde se detuvo.</translation>
        </message>
        <message>
            <source>QGIS was started with {variable}, whose Python is used.</source>
            <translation>QGIS se inició con {variable}; se usa su Python.</translation>
        </message>
        <message>
            <source>The package index</source>
            <translation>El índice de paquetes</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>Crear el entorno</translation>
        </message>
        <message>
            <source>Installing pip, which fetches the rest</source>
            <translation>Instalar pip, que descarga el resto</translation>
        </message>
        <message>
            <source>Fetching and installing PyTorch, the largest part</source>
            <translation>Descargar e instalar PyTorch, la parte más grande</translation>
        </message>
        <message>
            <source>Fetching and installing the other packages</source>
            <translation>Descargar e instalar los demás paquetes</translation>
        </message>
        <message>
            <source>Self-test</source>
            <translation>Autoprueba</translation>
        </message>
        <message>
            <source>{step}: done before</source>
            <translation>{step}: ya hecho</translation>
        </message>
        <message>
            <source>The change of the environment is not finished; until it is, the models run in the one from before.</source>
            <translation>El cambio del entorno no ha terminado; hasta entonces los modelos usan el anterior.</translation>
        </message>
        <message>
            <source>The environment was made for an earlier version of this plugin; update it.</source>
            <translation>El entorno es de una versión anterior de este complemento; actualícelo.</translation>
        </message>
        <message>
            <source>{speed} a second</source>
            <translation>{speed} por segundo</translation>
        </message>
        <message>
            <source>the server sends a web page instead, as where one has to sign in to the network first</source>
            <translation>el servidor envía una página web en su lugar, como donde primero hay que iniciar sesión en la red</translation>
        </message>
        <message>
            <source>the server has no such file</source>
            <translation>el servidor no tiene ese archivo</translation>
        </message>
        <message>
            <source>the server's certificate is not trusted; see Authentication in QGIS's options</source>
            <translation>el certificado del servidor no es de confianza; vea Autenticación en las opciones de QGIS</translation>
        </message>
        <message>
            <source>the proxy does not let it through; see Network in QGIS's options</source>
            <translation>el proxy no lo deja pasar; vea Red en las opciones de QGIS</translation>
        </message>
        <message>
            <source>the connection was cut</source>
            <translation>la conexión se cortó</translation>
        </message>
        <message>
            <source>{offered} bytes are offered, the published file has {size}</source>
            <translation>se ofrecen {offered} bytes, el archivo publicado tiene {size}</translation>
        </message>
        <message>
            <source>the server gave another part (“{range}”) than was asked for</source>
            <translation>el servidor dio otra parte («{range}») que la pedida</translation>
        </message>
        <message>
            <source>the server refuses it to us (status {status})</source>
            <translation>el servidor nos lo niega (estado {status})</translation>
        </message>
        <message>
            <source>the server answers with status {status}</source>
            <translation>el servidor responde con el estado {status}</translation>
        </message>
        <message>
            <source>{path} cannot be read as a list of models ({reason}); install the plugin again.</source>
            <translation>{path} no se puede leer como lista de modelos ({reason}); vuelva a instalar el complemento.</translation>
        </message>
        <message>
            <source>COP-GEN: models</source>
            <translation>COP-GEN: modelos</translation>
        </message>
        <message>
            <source>Card of the model</source>
            <translation>Ficha del modelo</translation>
        </message>
        <message>
            <source>I have read the licence and the card</source>
            <translation>He leído la licencia y la ficha</translation>
        </message>
        <message>
            <source>&amp;From</source>
            <translation>D&amp;e</translation>
        </message>
        <message>
            <source>the usual hub; or a mirror's address, or a folder</source>
            <translation>el repositorio habitual; o la dirección de un espejo, o una carpeta</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Elegir una carpeta</translation>
        </message>
        <message>
            <source>&amp;Download</source>
            <translation>&amp;Descargar</translation>
        </message>
        <message>
            <source>What arrived is kept for the next time.</source>
            <translation>Lo que llegó se guarda para la próxima vez.</translation>
        </message>
        <message>
            <source>&amp;Verify</source>
            <translation>&amp;Verificar</translation>
        </message>
        <message>
            <source>Read all of the model and compare it with what was installed.</source>
            <translation>Leer todo el modelo y compararlo con lo instalado.</translation>
        </message>
        <message>
            <source>&amp;Remove…</source>
            <translation>E&amp;liminar…</translation>
        </message>
        <message>
            <source>&amp;Import files…</source>
            <translation>&amp;Importar archivos…</translation>
        </message>
        <message>
            <source>Choose the folder that holds the model's files</source>
            <translation>Elegir la carpeta que contiene los archivos del modelo</translation>
        </message>
        <message>
            <source>Remove “{name}” from this computer?</source>
            <translation>¿Eliminar «{name}» de este equipo?</translation>
        </message>
        <message>
            <source>Remove what was fetched of “{name}”?</source>
            <translation>¿Eliminar lo descargado de «{name}»?</translation>
        </message>
        <message>
            <source>Ma&amp;ke the model</source>
            <translation>&amp;Hacer el modelo</translation>
        </message>
        <message>
            <source>Read the licence and the card first.</source>
            <translation>Lea primero la licencia y la ficha.</translation>
        </message>
        <message>
            <source>Set up the models' environment first.</source>
            <translation>Instale primero el entorno de los modelos.</translation>
        </message>
        <message>
            <source>&amp;Continue the download</source>
            <translation>&amp;Continuar la descarga</translation>
        </message>
        <message>
            <source>All files are here and checked; set up the models' environment, then continue.</source>
            <translation>Todos los archivos están aquí y comprobados; instale el entorno de los modelos y continúe.</translation>
        </message>
        <message>
            <source>Another QGIS or program is fetching this model; wait for it or stop it.</source>
            <translation>Otro QGIS o programa está descargando este modelo; espere o deténgalo.</translation>
        </message>
        <message>
            <source>{path} cannot be written ({reason}); choose another folder.</source>
            <translation>{path} no se puede escribir ({reason}); elija otra carpeta.</translation>
        </message>
        <message>
            <source>{file} is not the published file (its SHA-256 is another one) and was thrown away; try again, or give another mirror.</source>
            <translation>{file} no es el archivo publicado (su SHA-256 es otro) y se ha descartado; inténtelo de nuevo o indique otro espejo.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}); it stays, try again.</source>
            <translation>{path} no se puede leer ({reason}); el archivo se queda, inténtelo de nuevo.</translation>
        </message>
        <message>
            <source>{folder} holds no {file}; put that file of {repository} there.</source>
            <translation>{folder} no contiene {file}; ponga allí ese archivo de {repository}.</translation>
        </message>
        <message>
            <source>Import a model</source>
            <translation>Importar un modelo</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Elegir un archivo</translation>
        </message>
        <message>
            <source>Either the folder of a model, or its two files in a published layout: .pth or .safetensors. They stay where they are; a copy is made.</source>
            <translation>O la carpeta de un modelo, o sus dos archivos en una forma publicada: .pth o .safetensors. Se quedan donde están; se hace una copia.</translation>
        </message>
        <message>
            <source>&amp;Folder of a model</source>
            <translation>&amp;Carpeta de un modelo</translation>
        </message>
        <message>
            <source>&amp;Transformer</source>
            <translation>&amp;Transformador</translation>
        </message>
        <message>
            <source>&amp;Autoencoder</source>
            <translation>&amp;Autocodificador</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Nombre</translation>
        </message>
        <message>
            <source>{folder}: {free} GB are free and {needed} GB needed, for the files and the model made of them; make room, or choose another folder.</source>
            <translation>{folder}: hay {free} GB libres y se necesitan {needed} GB, para los archivos y el modelo hecho de ellos; haga sitio o elija otra carpeta.</translation>
        </message>
        <message>
            <source>{folder}: no such folder; give one that holds the files, or the address of a mirror.</source>
            <translation>{folder}: no existe tal carpeta; indique una que contenga los archivos, o la dirección de un espejo.</translation>
        </message>
        <message>
            <source>{address}: give an address that begins with https://, or a folder.</source>
            <translation>{address}: indique una dirección que empiece por https://, o una carpeta.</translation>
        </message>
        <message>
            <source>{folder} is there already; move it somewhere else or remove it.</source>
            <translation>{folder} ya existe; muévala a otro sitio o elimínela.</translation>
        </message>
        <message>
            <source>Give the model a name.</source>
            <translation>Dé un nombre al modelo.</translation>
        </message>
        <message>
            <source>Choose either the folder of a model, or the files of a transformer and its autoencoder.</source>
            <translation>Elija o la carpeta de un modelo, o los archivos de un transformador y de su autocodificador.</translation>
        </message>
        <message>
            <source>A model “{name}” is there already; remove it or choose another name.</source>
            <translation>Ya hay un modelo «{name}»; elimínelo o elija otro nombre.</translation>
        </message>
        <message>
            <source>Something goes on with “{name}” already; wait for it, cancel it or choose another name.</source>
            <translation>Ya hay algo en curso con «{name}»; espere, cancélelo o elija otro nombre.</translation>
        </message>
        <message>
            <source>{path} cannot be removed ({reason}); end what uses it and try again.</source>
            <translation>{path} no se puede eliminar ({reason}); cierre lo que lo usa e inténtelo de nuevo.</translation>
        </message>
        <message>
            <source>{file} cannot be fetched: {reason}. What arrived is kept; try again later, or give a mirror or a folder.</source>
            <translation>{file} no se puede descargar: {reason}. Lo que llegó se guarda; inténtelo más tarde, o indique un espejo o una carpeta.</translation>
        </message>
        <message>
            <source>The disk of {folder} is full; make room and continue.</source>
            <translation>El disco de {folder} está lleno; haga sitio y continúe.</translation>
        </message>
        <message>
            <source>the server sends more bytes than the published file has</source>
            <translation>el servidor envía más bytes de los que tiene el archivo publicado</translation>
        </message>
        <message>
            <source>the server leads round in circles</source>
            <translation>el servidor lleva en círculos</translation>
        </message>
        <message>
            <source>the server does not answer as a hub of models does</source>
            <translation>el servidor no responde como un repositorio de modelos</translation>
        </message>
        <message>
            <source>the server leads to an address that is not safe</source>
            <translation>el servidor lleva a una dirección que no es segura</translation>
        </message>
        <message>
            <source>embedded</source>
            <translation>incluido</translation>
        </message>
        <message>
            <source>not downloaded</source>
            <translation>no descargado</translation>
        </message>
        <message>
            <source>all files are here, not converted yet</source>
            <translation>todos los archivos están aquí, aún sin convertir</translation>
        </message>
        <message>
            <source>downloaded and verified</source>
            <translation>descargado y verificado</translation>
        </message>
        <message>
            <source>installed, not verified</source>
            <translation>instalado, sin verificar</translation>
        </message>
        <message>
            <source>damaged</source>
            <translation>dañado</translation>
        </message>
        <message>
            <source>Making the model…</source>
            <translation>Haciendo el modelo…</translation>
        </message>
        <message>
            <source>Comparing what came with the published file…</source>
            <translation>Comparando lo que llegó con el archivo publicado…</translation>
        </message>
        <message>
            <source>Waiting for the models' process…</source>
            <translation>Esperando el proceso de los modelos…</translation>
        </message>
        <message>
            <source>Reading all of it…</source>
            <translation>Leyendo todo…</translation>
        </message>
        <message>
            <source>{there} of {size} are here</source>
            <translation>{there} de {size} están aquí</translation>
        </message>
        <message>
            <source>{there} of {size}</source>
            <translation>{there} de {size}</translation>
        </message>
        <message>
            <source>{file} from {repository}, {size}</source>
            <translation>{file} de {repository}, {size}</translation>
        </message>
        <message>
            <source>{size} a second</source>
            <translation>{size} por segundo</translation>
        </message>
        <message>
            <source>about {time} left</source>
            <translation>faltan unos {time}</translation>
        </message>
        <message>
            <source>Licence: {licence}</source>
            <translation>Licencia: {licence}</translation>
        </message>
        <message>
            <source>{size} in {folder}</source>
            <translation>{size} en {folder}</translation>
        </message>
        <message>
            <source>Elevation (DEM)</source>
            <translation>Elevación (MDE)</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Rojo</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>Verde</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Azul</translation>
        </message>
        <message>
            <source>as recognised</source>
            <translation>según lo reconocido</translation>
        </message>
        <message>
            <source>elevation in metres</source>
            <translation>elevación en metros</translation>
        </message>
        <message>
            <source>hillshade picture</source>
            <translation>imagen de sombreado</translation>
        </message>
        <message>
            <source>8-bit picture</source>
            <translation>imagen de 8 bits</translation>
        </message>
        <message>
            <source>true colour image (TCI)</source>
            <translation>imagen en color real (TCI)</translation>
        </message>
        <message>
            <source>scaled numbers</source>
            <translation>números escalados</translation>
        </message>
        <message>
            <source>linear power</source>
            <translation>potencia lineal</translation>
        </message>
        <message>
            <source>amplitude</source>
            <translation>amplitud</translation>
        </message>
        <message>
            <source>decibels</source>
            <translation>decibelios</translation>
        </message>
        <message>
            <source>reflectance</source>
            <translation>reflectancia</translation>
        </message>
        <message>
            <source>from the metadata</source>
            <translation>por los metadatos</translation>
        </message>
        <message>
            <source>from the file's tags</source>
            <translation>por las etiquetas del archivo</translation>
        </message>
        <message>
            <source>from the numbers</source>
            <translation>por los números</translation>
        </message>
        <message>
            <source>by their names</source>
            <translation>por sus nombres</translation>
        </message>
        <message>
            <source>by their order</source>
            <translation>por su orden</translation>
        </message>
        <message>
            <source>set by you</source>
            <translation>fijado por usted</translation>
        </message>
        <message>
            <source>assumed</source>
            <translation>supuesto</translation>
        </message>
        <message>
            <source>Exporting layers</source>
            <translation>Exportando capas</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Cargando el modelo</translation>
        </message>
        <message>
            <source>Writing the graphs</source>
            <translation>Escritura de los grafos</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lectura</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>Medición</translation>
        </message>
        <message>
            <source>Denoising</source>
            <translation>Eliminación de ruido</translation>
        </message>
        <message>
            <source>Decoding</source>
            <translation>Decodificación</translation>
        </message>
        <message>
            <source>Writing</source>
            <translation>Escritura</translation>
        </message>
        <message>
            <source>preparing</source>
            <translation>en preparación</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>en espera</translation>
        </message>
        <message>
            <source>running</source>
            <translation>en curso</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>terminado</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>fallido</translation>
        </message>
        <message>
            <source>cancelled</source>
            <translation>cancelado</translation>
        </message>
        <message>
            <source>Elevation</source>
            <translation>Elevación</translation>
        </message>
        <message>
            <source>Red (B04)</source>
            <translation>Rojo (B04)</translation>
        </message>
        <message>
            <source>Green (B03)</source>
            <translation>Verde (B03)</translation>
        </message>
        <message>
            <source>Blue (B02)</source>
            <translation>Azul (B02)</translation>
        </message>
    </context>
</TS>
