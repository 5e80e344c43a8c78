"""What the pages in JupyterLab share: their controls, their styles and how they speak to Python."""
