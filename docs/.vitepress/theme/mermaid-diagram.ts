import { useData } from "vitepress";
import { defineComponent, h, onMounted, ref, useId, watch } from "vue";

/** A diagram, drawn in the reader's browser and in the page's colours. */
export const MermaidDiagram = defineComponent({
  props: { source: { type: String, required: true } },
  setup(properties) {
    const { isDark } = useData();
    const id = `diagram-${useId()}`;
    const picture = ref("");
    const draw = async () => {
      const { default: mermaid } = await import("mermaid");
      mermaid.initialize({ startOnLoad: false, theme: isDark.value ? "dark" : "neutral" });
      picture.value = (await mermaid.render(id, decodeURIComponent(properties.source))).svg;
    };
    onMounted(draw);
    watch(isDark, draw);
    return () => h("div", { class: "diagram", role: "img", innerHTML: picture.value });
  },
});
