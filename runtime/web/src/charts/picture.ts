// A chart as a picture to keep: at twice the size of the screen, on its background, under its title.

import { init } from "./echarts";
import type { Size } from "./frame";
import type { ChartTheme } from "./theme";

const scale = 2;
const margin = 16;
const heading = 32;

export function drawPicture(option: Record<string, unknown>, size: Size, title: string, theme: ChartTheme): Promise<Blob> {
  const chart = init(document.createElement("div"), null, { renderer: "canvas", devicePixelRatio: scale, width: size.width, height: size.height });
  try {
    chart.setOption({ ...option, animation: false });
    const drawn = chart.renderToCanvas({ pixelRatio: scale, backgroundColor: theme.surface });
    return framed(drawn, size, title, theme);
  } finally {
    chart.dispose();
  }
}

function framed(drawn: HTMLCanvasElement, size: Size, title: string, theme: ChartTheme): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const top = title === "" ? margin : margin + heading;
  canvas.width = (size.width + 2 * margin) * scale;
  canvas.height = (size.height + top + margin) * scale;
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.reject(new Error("The browser cannot draw pictures."));
  pen.scale(scale, scale);
  pen.fillStyle = theme.surface;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = theme.ink;
  pen.font = `600 15px ${theme.font}`;
  pen.textBaseline = "middle";
  if (title !== "") pen.fillText(title, margin, margin + heading / 2 - 4, size.width);
  pen.drawImage(drawn, margin, top, size.width, size.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not make the picture."))), "image/png"));
}
