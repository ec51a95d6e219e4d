"""The Streamlit site: the frame of a page and the blocks of each; the only folder that imports streamlit."""
