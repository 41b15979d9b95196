<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <pipe>
    <rasterrenderer type="singlebandpseudocolor" band="1" alphaBand="-1" opacity="1" classificationMin="-10" classificationMax="5000" nodataColor="">
      <minMaxOrigin>
        <limits>None</limits>
      </minMaxOrigin>
      <rastershader>
        <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" minimumValue="-10" maximumValue="5000" labelPrecision="0">
          <item value="-10" label="-10 m" color="#2b5d8a" alpha="255"/>
          <item value="0" label="0 m" color="#3f7d54" alpha="255"/>
          <item value="250" label="250 m" color="#8fb368" alpha="255"/>
          <item value="750" label="750 m" color="#dccb7f" alpha="255"/>
          <item value="1500" label="1500 m" color="#b98a55" alpha="255"/>
          <item value="2500" label="2500 m" color="#8a6150" alpha="255"/>
          <item value="3500" label="3500 m" color="#b9aca6" alpha="255"/>
          <item value="5000" label="5000 m" color="#ffffff" alpha="255"/>
        </colorrampshader>
      </rastershader>
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1"/>
    <huesaturation colorizeOn="0" grayscaleMode="0" saturation="0"/>
    <rasterresampler maxOversampling="2"/>
    <resamplingStage>resamplingFilter</resamplingStage>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
